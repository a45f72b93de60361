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

        It 'keeps its files when it comes back from a job' {
            $job = Start-Job {
                Import-Module $using:Module
                $store = $using:Store
                Save-S3Model $using:Uri (Join-Path $using:TestDrive job) -Include config.json @store
            }
            $result = $job | Receive-Job -Wait -AutoRemoveJob
            $result.Files.RelativePath | Should -Be config.json
            $result.Files.Verification | Should -Not -BeNullOrEmpty
        }

        It 'takes a listing that went through a CSV file as the specification' {
            $csv = Join-Path $TestDrive list.csv
            Get-S3ModelObject $Uri @Store | Export-Csv $csv
            (Save-S3Model $Uri (Join-Path $TestDrive rows) -FileSpec (Import-Csv $csv) @Store).Success | Should -BeTrue
            (Save-S3Model $Uri (Join-Path $TestDrive rows) -Manifest $csv @Store).Success | Should -BeTrue
        }

        It 'downloads picked objects as one job' {
            $result = Get-S3ModelObject $Uri @Store | Select-Object -First 2 | Save-S3Model -Destination (Join-Path $TestDrive picked) @Store
            @($result).Count | Should -Be 1
            $result.Files.Count | Should -Be 2
        }
    }
}
