BeforeDiscovery { . "$PSScriptRoot/Source.ps1" }
BeforeAll { . "$PSScriptRoot/Source.ps1" }

Describe 'Get-S3ModelObject' {
    It 'refuses <_>' -ForEach 'https://example.com/x', 'bucket/key', 's3://' {
        { Get-S3ModelObject $_ -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidUri,*'
    }

    It 'goes on after a malformed URI' {
        'a', 'b' | Get-S3ModelObject -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.TargetObject | Should -Be 'a', 'b'
    }

    Context "with a server$Because" -Skip:$NoServer {
        It 'lists files with numbers as sizes' {
            $objects = Get-S3ModelObject $Uri @Store
            $objects.Count | Should -BeGreaterThan 1
            $objects[0].Size | Should -BeOfType long
            $objects[0].Key | Should -BeLike "*$($objects[0].RelativePath)"
        }

        It 'stops when the pipeline has enough' {
            Get-S3ModelObject $Uri @Store -OutVariable written | Select-Object -First 1 | Should -HaveCount 1
            $written | Should -HaveCount 1
        }
    }
}
