BeforeDiscovery { . "$PSScriptRoot/Source.ps1" }
BeforeAll { . "$PSScriptRoot/Source.ps1" }

Describe 'Save-S3Model' {
    It 'refuses a destination that is not in a file system' {
        { Save-S3Model s3://bucket/model Env:/x -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOption,*'
    }

    It 'refuses a misspelt file specification' {
        { Save-S3Model s3://bucket/model $TestDrive -FileSpec @{ Path = 'a'; Sha265 = 'x' } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidFileSpec,*'
    }

    Context "with a server$Because" -Skip:$NoServer {
        It 'writes nothing with -WhatIf' {
            Save-S3Model $Uri (Join-Path $TestDrive whatif) @Store -WhatIf | Should -BeNullOrEmpty
            Join-Path $TestDrive whatif | Should -Not -Exist
        }

        It 'saves a model, and has nothing to do the second time' {
            $destination = Join-Path $TestDrive model
            $first = Save-S3Model $Uri $destination @Store
            $first.Success | Should -BeTrue
            $first.Files.Path | Should -Exist
            $second = Save-S3Model $Uri $destination @Store
            $second.FilesUnchanged | Should -Be $first.Files.Count
            $second.BytesDownloaded | Should -Be 0
        }

        It 'downloads picked objects as one job' {
            $result = Get-S3ModelObject $Uri @Store | Select-Object -First 2 | Save-S3Model -Destination (Join-Path $TestDrive picked) @Store
            @($result).Count | Should -Be 1
            $result.Files.Count | Should -Be 2
        }
    }
}
