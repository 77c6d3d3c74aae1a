"""What macOS wants to know about the program: the extra entries of Info.plist."""

from __future__ import annotations

from typing import Any

IDENTIFIER = "io.github.resnet_lens.ResNetLens"
SAFETENSORS = f"{IDENTIFIER}.safetensors"
SESSION = f"{IDENTIFIER}.session"

# Uniform type identifiers of the formats that resnet_core.images reads.
PICTURES = [
    *("public.png", "public.jpeg", "org.webmproject.webp", "com.microsoft.bmp", "com.compuserve.gif", "public.tiff"),
    *("public.avif", "public.jpeg-2000", "com.microsoft.ico", "com.truevision.tga-image", "public.pbm"),
]


def info_plist(version: str) -> dict[str, Any]:
    """Added to what PyInstaller writes itself: names, identifier, icon, CFBundleShortVersionString."""
    return {
        "CFBundleDisplayName": "ResNet Lens",
        "CFBundleVersion": version,
        "CFBundleDocumentTypes": [
            _document("Picture", PICTURES, "Viewer"),
            _document("Folder of pictures", ["public.folder"], "Viewer"),
            _document("Network weights", [SAFETENSORS], "Viewer"),
            {**_document("ResNet Lens session", [SESSION], "Editor"), "LSHandlerRank": "Owner"},
        ],
        "CFBundleURLTypes": [{"CFBundleURLName": IDENTIFIER, "CFBundleURLSchemes": ["resnet-lens"]}],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": SESSION,
                "UTTypeDescription": "ResNet Lens session",
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {"public.filename-extension": ["lens"]},
            }
        ],
        "UTImportedTypeDeclarations": [
            {
                "UTTypeIdentifier": SAFETENSORS,
                "UTTypeDescription": "Safetensors weights",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {"public.filename-extension": ["safetensors"]},
            }
        ],
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": "12.0",
        "NSHighResolutionCapable": True,
        "NSPrincipalClass": "NSApplication",
        "NSRequiresAquaSystemAppearance": False,  # False: dark mode is allowed
        "NSHumanReadableCopyright": "GPL-3.0-or-later",
    }


def _document(name: str, types: list[str], role: str) -> dict[str, Any]:
    """Alternate: we can open these, and are not what a double click on a picture should start."""
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": role,
        "LSHandlerRank": "Alternate",
        "LSItemContentTypes": types,
    }
