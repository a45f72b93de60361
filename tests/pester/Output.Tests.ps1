BeforeDiscovery { . "$PSScriptRoot/Source.ps1" }
BeforeAll { . "$PSScriptRoot/Source.ps1" }

Describe 'Output' -Skip:$NoServer {
    BeforeAll {
        $destination = Join-Path $TestDrive output
        $script:written = @{
            ModelObject      = Get-S3ModelObject $Uri @Store | Select-Object -First 1
            SourceStatus     = Test-S3ModelSource $Uri @Store -Detailed
            DownloadEstimate = Measure-S3ModelDownload $Uri $destination @Store
            DownloadResult   = Save-S3Model $Uri $destination @Store
        }
    }

    It 'of <_> is clean JSON: names for states, no secret, nothing cut off' -ForEach 'ModelObject', 'SourceStatus', 'DownloadEstimate', 'DownloadResult' {
        $json = $written[$_] | ConvertTo-Json -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        $json | Should -Not -Match ([regex]::Escape($Store.Credential.GetNetworkCredential().Password))
        $json | Should -Not -Match '"(Status|State|Reason|ErrorCode|Verification|Structure)": *\d'
        ($json | ConvertFrom-Json).Uri | Should -BeLike 's3://models/tiny-llm*'
    }

    It 'tells levels and states by name in JSON and still compares them by strength' {
        $read = $written.DownloadResult | ConvertTo-Json | ConvertFrom-Json
        $read.Files[0].Status | Should -Be Downloaded
        $read.Files[0].ErrorCode | Should -Be None
        $read.Verification | Should -Be ETagMd5
        $written.DownloadResult.Verification -gt 'Size' | Should -BeTrue
    }

    It 'names <_> for Update-TypeData and PSTypeName' -ForEach 'ModelObject', 'SourceStatus', 'DownloadEstimate', 'DownloadResult' {
        $written[$_].PSTypeNames[0] | Should -Be "S3ModelStore.$_"
        Update-TypeData -TypeName "S3ModelStore.$_" -MemberType ScriptProperty -MemberName Seen -Value { 'yes' } -Force
        $written[$_].Seen | Should -Be yes
        Remove-TypeData -TypeName "S3ModelStore.$_"
    }

    It 'of a result ends in a summary' {
        $lines = ($written.DownloadResult | Out-String).Trim() -split '\r?\n'
        $lines[-1] | Should -Match '^Summary +: 8 files, 190.3 MB, are in place\.$'
    }

    It 'of a download that took days says so in a table' {
        $result = [pscustomobject]@{ PSTypeName = 'S3ModelStore.DownloadResult'; Destination = '/data/m'; Duration = [timespan]'1.02:03:04'; Files = @() }
        $result | Format-Table | Out-String | Should -BeLike '* 1.02:03:04 /data/m*'
    }

    It 'from a job looks the same' {
        $job = Start-Job { Import-Module $using:Module; $store = $using:Store; Get-S3ModelObject $using:Uri -Include config.json @store }
        $job | Receive-Job -Wait -AutoRemoveJob | Out-String | Should -Match '(?s)LastModified +Age +Size RelativePath.*\d{4}-\d\d-\d\d \d\d:\d\d +\d+ min +368 B config.json'
    }

    It 'is the same from parallel runspaces' {
        $names = 1..4 | ForEach-Object -Parallel { Import-Module $using:Module; $store = $using:Store; (Get-S3ModelObject $using:Uri -Include config.json @store).RelativePath } -ThrottleLimit 4
        $names | Should -Be (@('config.json') * 4)
    }
}

Describe 'Progress' -Skip:$NoServer {
    It 'of parallel downloads has lines of its own for each, and ends them' {
        $records = 1..2 | ForEach-Object -Parallel {
            Import-Module $using:Module
            $store = $using:Store
            $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
            $null = $shell.AddScript('param($Module, $Uri, $Store, $Path) Import-Module $Module; Save-S3Model $Uri $Path @Store -MaxConcurrency 1 -PartSize 64KB').AddParameters(@($using:Module, $using:Uri, $store, (Join-Path $using:TestDrive "p$_")))
            $null = $shell.Invoke()
            $shell.Streams.Progress | Select-Object ActivityId, ParentActivityId, RecordType
            $shell.Dispose()
        }
        $jobs = $records | Where-Object ParentActivityId -lt 0 | Group-Object ActivityId
        $jobs.Count | Should -Be 2
        foreach ($line in $records | Group-Object ActivityId) { $line.Group[-1].RecordType | Should -Be Completed }
    }
}
