@{
    RootModule           = 'kops-mfa.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '7d5e5f0a-6a0b-4c55-9d1e-2f6a4b8c9e31'
    Author               = 'The authors of kops-mfa'
    Description          = 'One MFA code, and the shell you are in can run kops: the integration and the completion of kops-mfa.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    # The functions of the integration are global, so that they are there after this module is.
    FunctionsToExport    = @()
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
}
