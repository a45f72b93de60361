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

        It 'fills one destination from several runspaces, every byte fetched once, also when one of them stops' {
            $destination = Join-Path $TestDrive shared
            $results = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:Module
                $store = $using:Store
                $PSDefaultParameterValues['Save-S3Model:MaxConcurrency'] = 4
                if ($_ -eq 1) {
                    # A pipeline that has enough stops its command.
                    $null = Save-S3Model $using:Uri, $using:Uri $using:destination @store | Select-Object -First 1
                }
                else {
                    Save-S3Model $using:Uri $using:destination @store
                }
            }
            $results.Success | Should -Be @($true, $true, $true)
            $sizes = (Get-S3ModelObject $Uri @Store | Measure-Object Size -Sum).Sum
            ($results | Measure-Object BytesDownloaded -Sum).Sum | Should -BeLessOrEqual $sizes
            (Measure-S3ModelDownload -Destination $destination -Offline).Files.State | Sort-Object -Unique | Should -Be Present
        }

        It 'finds what rotted without the network, and mends it' {
            $destination = Join-Path $TestDrive rot
            $null = Save-S3Model $Uri $destination @Store
            $file = Join-Path $destination config.json
            $when = (Get-Item $file).LastWriteTimeUtc
            Set-Content $file ('x' * (Get-Item $file).Length) -NoNewline
            (Get-Item $file).LastWriteTimeUtc = $when
            (Save-S3Model $Uri $destination @Store).FilesUnchanged | Should -BeGreaterThan 1
            ((Measure-S3ModelDownload -Destination $destination -Offline).Files | Where-Object State -EQ Damaged).RelativePath | Should -Be config.json
            $mended = Save-S3Model $Uri $destination -Repair @Store -WarningAction SilentlyContinue
            $mended.FilesRepaired | Should -Be 1
            (Measure-S3ModelDownload -Destination $destination -Offline).FilesDamaged | Should -Be 0
        }

        It 'runs a plan as it was measured' {
            $result = Measure-S3ModelDownload $Uri (Join-Path $TestDrive planned) -Include *.json @Store | Save-S3Model @Store
            $result.Success | Should -BeTrue
            $result.Files.RelativePath | Should -Contain config.json
        }

        It 'downloads picked objects as one job' {
            $result = Get-S3ModelObject $Uri @Store | Select-Object -First 2 | Save-S3Model -Destination (Join-Path $TestDrive picked) @Store
            @($result).Count | Should -Be 1
            $result.Files.Count | Should -Be 2
        }
    }
}
