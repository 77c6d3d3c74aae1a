"""What Windows shows under Properties, Details: a description of the executable that PyInstaller's EXE reads."""

from __future__ import annotations

_TEMPLATE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1,
    subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "ResNet Lens contributors"),
      StringStruct("FileDescription", "ResNet Lens"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "resnet-lens"),
      StringStruct("LegalCopyright", "GPL-3.0-or-later"),
      StringStruct("OriginalFilename", "resnet-lens.exe"),
      StringStruct("ProductName", "ResNet Lens"),
      StringStruct("ProductVersion", "{version}")])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 1200])])
  ]
)
"""


def text(version: str) -> str:
    """`version` like "1.2.3"; Windows counts four numbers."""
    numbers = [int(part) for part in version.split(".") if part.isdigit()]
    return _TEMPLATE.format(version=version, numbers=tuple([*numbers, 0, 0, 0, 0][:4]))
