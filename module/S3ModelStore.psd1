@{
    RootModule           = 'S3ModelStore.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5c0f3f2e-9d0b-4f0e-8a56-7f1d2c3b9e64'
    Author               = 'S3ModelStore maintainers'
    CompanyName          = 'S3ModelStore maintainers'
    Copyright            = '(c) S3ModelStore maintainers.'
    Description          = 'Downloads machine-learning models from Amazon S3 and S3-compatible stores (MinIO, Ceph, R2, Garage) to a local directory: in parallel, resumable after any interruption, every file verified, with progress in the console and result objects in the pipeline.'

    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'

    FormatsToProcess     = @('S3ModelStore.Format.ps1xml')
    TypesToProcess       = @('S3ModelStore.Types.ps1xml')
    CmdletsToExport      = @(
        'Get-S3ModelObject'
        'Measure-S3ModelDownload'
        'Save-S3Model'
        'Test-S3ModelSource'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags = @(
                'S3', 'AWS', 'MinIO', 'Ceph', 'ObjectStorage', 'Download', 'Resume', 'Checksum'
                'MachineLearning', 'Model', 'LLM', 'safetensors', 'GGUF', 'HuggingFace', 'MLOps'
                'PSEdition_Core', 'Windows', 'Linux', 'MacOS'
            )
        }
    }
}
