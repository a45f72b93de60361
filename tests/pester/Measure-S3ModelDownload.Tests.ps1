BeforeDiscovery { . "$PSScriptRoot/Source.ps1" }
BeforeAll { . "$PSScriptRoot/Source.ps1" }

Describe 'Measure-S3ModelDownload' {
    It 'reports what it cannot measure as an error, never as 0' {
        { Measure-S3ModelDownload nonsense -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidUri,*'
    }

    Context "with a server$Because" -Skip:$NoServer {
        It 'adds up the files' {
            $estimate = Measure-S3ModelDownload $Uri (Join-Path $TestDrive new) @Store
            $estimate.TotalBytes | Should -Be ($estimate.Files | Measure-Object Size -Sum).Sum
            $estimate.BytesToDownload | Should -Be $estimate.TotalBytes
            Join-Path $TestDrive new | Should -Not -Exist
        }

        It 'has no match for files that are not there' {
            { Measure-S3ModelDownload $Uri -Include *.nothing @Store -ErrorAction Stop } | Should -Throw -ErrorId 'NoMatch,*'
        }
    }
}
