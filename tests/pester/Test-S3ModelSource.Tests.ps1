BeforeDiscovery { . "$PSScriptRoot/Source.ps1" }
BeforeAll { . "$PSScriptRoot/Source.ps1" }

Describe 'Test-S3ModelSource' {
    It 'reports a malformed URI as an error' {
        { Test-S3ModelSource nonsense -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidUri,*'
    }

    It 'answers false, without an error, when nobody listens' {
        Test-S3ModelSource s3://bucket/model -Anonymous -EndpointUrl http://127.0.0.1:9 -ErrorAction Stop | Should -BeFalse
    }

    It 'says why and what to do with -Detailed' {
        $status = Test-S3ModelSource s3://bucket/model -Anonymous -EndpointUrl http://127.0.0.1:9 -Detailed
        $status.Reason | Should -Be EndpointUnreachable
        $status.Remedy | Should -Not -BeNullOrEmpty
    }

    Context "with a server$Because" -Skip:$NoServer {
        It 'answers true for a model' {
            Test-S3ModelSource $Uri @Store | Should -BeTrue
        }
    }
}
