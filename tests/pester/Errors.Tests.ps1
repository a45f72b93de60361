BeforeDiscovery { . "$PSScriptRoot/Source.ps1" }
BeforeAll { . "$PSScriptRoot/Source.ps1" }

Describe 'An error' -Skip:$NoServer {
    BeforeAll {
        $missing = 's3://no-such-bucket/model'
        $null = Get-S3ModelObject $missing @Store -ErrorVariable record -ErrorAction SilentlyContinue
        $script:record = $record[0]
    }

    It 'has an id, a category, a target and a remedy' {
        $record.FullyQualifiedErrorId | Should -BeLike 'BucketNotFound,*'
        $record.CategoryInfo.Category | Should -Be ObjectNotFound
        $record.TargetObject | Should -Be 's3://no-such-bucket'
        $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'tells what the store said, under plain names' {
        $record.Exception.Data.S3ErrorCode | Should -Be NoSuchBucket
        $record.Exception.Data.StatusCode | Should -Be 404
        $record.Exception.Data.RequestId | Should -Not -BeNullOrEmpty
        $record.Exception.Data.Attempts | Should -Be 1
        $record.Exception.Data.BytesKept | Should -Be 0
        $record.Exception.Data.Resumable | Should -BeFalse
    }

    It 'shows all of that in Get-Error, and no secret' {
        $shown = $record | Get-Error | Out-String
        foreach ($name in 'S3ErrorCode', 'RequestId', 'StatusCode', 'Attempts', 'BytesKept', 'Resumable') { $shown | Should -Match "$name *: " }
        $shown | Should -Not -Match ([regex]::Escape($Store.Credential.GetNetworkCredential().Password))
    }

    It 'fits in a line of a log' {
        ($record.Exception.Data | ConvertTo-Json -Compress | ConvertFrom-Json).S3ErrorCode | Should -Be NoSuchBucket
    }

    It 'has all of its names with Set-StrictMode, also where no store was asked' {
        Set-StrictMode -Version Latest
        $null = Get-S3ModelObject nonsense -ErrorVariable local -ErrorAction SilentlyContinue
        $local[0].Exception.Data.S3ErrorCode | Should -BeNullOrEmpty
        $local[0].Exception.Data.Resumable | Should -BeFalse
    }

    It 'keeps them when it comes out of a job' {
        $job = Start-Job { Import-Module $using:Module; $store = $using:Store; Get-S3ModelObject $using:missing @store }
        $null = $job | Receive-Job -Wait -AutoRemoveJob -ErrorVariable far -ErrorAction SilentlyContinue
        $far[0].FullyQualifiedErrorId | Should -BeLike 'BucketNotFound,*'
        $far[0].ErrorDetails.RecommendedAction | Should -Be $record.ErrorDetails.RecommendedAction
        $far[0].Exception.SerializedRemoteException.Data.S3ErrorCode | Should -Be NoSuchBucket
        $far[0].Exception.SerializedRemoteException.Data.StatusCode | Should -Be 404
    }
}
