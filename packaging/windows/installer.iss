; Inno Setup 6: an installer from what `dev.py package` built on Windows. From the project's folder:
;
;   iscc /DVersion=0.1.0 /DFlavour=viewer packaging\windows\installer.iss
;
; For the current user unless started as an administrator; no question that has a good default.

#ifndef Version
  #error Say which version: /DVersion=0.1.0
#endif
#ifndef Flavour
  #define Flavour "full"
#endif
#define Bundle "ResNet-Lens-" + Version + "-" + Flavour + "-windows-x86_64"

[Setup]
AppId={{6E0B1B6C-7C1C-4E5C-9C0B-6B1C9C0F5A31}
AppName=ResNet Lens
AppVersion={#Version}
AppPublisher=ResNet Lens contributors
DefaultDirName={autopf}\ResNet Lens
DefaultGroupName=ResNet Lens
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\package\{#Flavour}\made\resnet-lens.ico
UninstallDisplayIcon={app}\resnet-lens-gui.exe
OutputDir=..\..\dist
OutputBaseFilename={#Bundle}-setup
Compression=lzma2
SolidCompression=yes
DiskSpanning=no
ChangesAssociations=yes
CloseApplications=yes
WizardStyle=modern

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "..\..\dist\{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; A library that a new version no longer has must not stay beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\ResNet Lens"; Filename: "{app}\resnet-lens-gui.exe"
Name: "{autodesktop}\ResNet Lens"; Filename: "{app}\resnet-lens-gui.exe"; Tasks: desktopicon

[Registry]
; In “Open with” for pictures and folders; no format is taken over.
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "ResNet Lens"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe\shell\open\command"; ValueType: string; ValueData: """{app}\resnet-lens-gui.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".bmp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".gif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".tiff"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\resnet-lens-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".avif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\.safetensors\OpenWithProgids"; ValueType: string; ValueName: "ResNetLens.safetensors"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\ResNetLens.safetensors"; ValueType: string; ValueData: "Network weights"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ResNetLens.safetensors\shell\open\command"; ValueType: string; ValueData: """{app}\resnet-lens-gui.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.lens"; ValueType: string; ValueData: "ResNetLens.session"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\ResNetLens.session"; ValueType: string; ValueData: "ResNet Lens session"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ResNetLens.session\shell\open\command"; ValueType: string; ValueData: """{app}\resnet-lens-gui.exe"" ""%1"""
; References to what is looked at. After “--” nothing in an address can be taken for an option.
Root: HKA; Subkey: "Software\Classes\resnet-lens"; ValueType: string; ValueData: "URL:ResNet Lens"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\resnet-lens"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\resnet-lens\shell\open\command"; ValueType: string; ValueData: """{app}\resnet-lens-gui.exe"" -- ""%1"""

[Run]
Filename: "{app}\resnet-lens-gui.exe"; Description: "{cm:LaunchProgram,ResNet Lens}"; Flags: nowait postinstall skipifsilent
