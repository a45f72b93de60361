BeforeDiscovery { . "$PSScriptRoot/Source.ps1" }
BeforeAll { . "$PSScriptRoot/Source.ps1" }

Describe 'Destinations' -Skip:$NoServer {
    It 'and manifests are literal: <_>' -ForEach 'plain', 'with blank', 'x[1]', '[a-z]*?' {
        if ($IsWindows -and $_ -match '[*?]') { Set-ItResult -Skipped -Because 'Windows has no such names'; return }
        $root = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($TestDrive, 'literal', $_)).FullName
        $manifest = [System.IO.Path]::Combine($root, 'list.csv')
        Get-S3ModelObject $Uri @Store -Include config.json | Export-Csv -LiteralPath $manifest
        (Save-S3Model $Uri $root -Manifest $manifest -Include config.json @Store).Files.RelativePath | Should -Be config.json
        [System.IO.File]::Exists([System.IO.Path]::Combine($root, 'config.json')) | Should -BeTrue
        (Measure-S3ModelDownload -Destination $root -Offline).FileCount | Should -BeGreaterThan 0
    }

    It 'may be on a drive of PowerShell' {
        $null = New-PSDrive -Name Weights -PSProvider FileSystem -Root $TestDrive -Scope Script
        $result = Save-S3Model $Uri Weights:/drive/llm @Store -Include config.json
        $result.Destination | Should -Be (Join-Path $TestDrive drive llm)
        Join-Path $TestDrive drive llm config.json | Should -Exist
    }

    It 'follow the location of PowerShell, not that of the process' {
        Push-Location (New-Item (Join-Path $TestDrive here) -ItemType Directory)
        try { (Save-S3Model $Uri ./llm @Store -Include config.json).Success | Should -BeTrue } finally { Pop-Location }
        Join-Path $TestDrive here llm config.json | Should -Exist
    }

    It 'are in a file system: <_> is not' -ForEach 'Env:/x', 'Function:/x', 'Variable:x' {
        $thrown = { Save-S3Model $Uri $_ @Store -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOption,*' -PassThru
        $thrown.Exception.Message | Should -Match ('Destination: .*' + [regex]::Escape($_) + '.*provider')
        $thrown.ErrorDetails.RecommendedAction | Should -Match 'file system'
    }
}

Describe 'Sources' -Skip:$NoServer {
    It 'come as arrays and by the pipeline' {
        $two = "$Uri/config.json", "$Uri/tokenizer_config.json"
        @(Test-S3ModelSource $two @Store).Count | Should -Be 2
        @($two | Test-S3ModelSource @Store).Count | Should -Be 2
        @(Get-S3ModelObject -Uri $two @Store).Key | Should -Be (@($two | Get-S3ModelObject @Store).Key)
    }

    It 'can come from $PSDefaultParameterValues, as everything else' {
        $PSDefaultParameterValues = @{ '*-S3Model*:EndpointUrl' = $Store.EndpointUrl; '*-S3Model*:Credential' = $Store.Credential; 'Get-S3ModelObject:Uri' = $Uri; '*-S3Model*:Include' = 'config.json' }
        (Get-S3ModelObject).RelativePath | Should -Be config.json
    }
}

Describe 'Common parameters' -Skip:$NoServer {
    It '-OutVariable and -PipelineVariable hold what was written' {
        $seen = Get-S3ModelObject $Uri @Store -OutVariable all -PipelineVariable one | ForEach-Object { $one.RelativePath }
        $seen | Should -Be $all.RelativePath
        $seen.Count | Should -BeGreaterThan 1
    }

    It '-ErrorVariable has one record for each failure, and the rest goes on' {
        $result = 'nonsense', $Uri, 's3://no-such-bucket/x' | Test-S3ModelSource @Store -ErrorVariable failures -ErrorAction SilentlyContinue
        $result | Should -Be $true, $false
        @($failures | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).TargetObject | Should -Be nonsense
    }

    It '-WarningAction and -WarningVariable rule the warnings' {
        $destination = Join-Path $TestDrive warnings
        $twice = @{ Uri = $Uri, $Uri; Destination = $destination; NamePolicy = 'Skip'; Include = 'config.json' }
        $null = Save-S3Model @twice @Store -WarningAction SilentlyContinue -WarningVariable told
        "$told" | Should -BeLike '*1 files were left out*'
        @(Save-S3Model @twice @Store -WarningAction Continue 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }).Count | Should -Be 1
        @(Save-S3Model @twice @Store -WarningAction SilentlyContinue 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }).Count | Should -Be 0
    }

    It '-ErrorAction Stop ends a script, whose catch gets the record itself' {
        $caught = try { Get-S3ModelObject s3://no-such-bucket/x @Store -ErrorAction Stop } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'BucketNotFound,*'
        $caught.Exception.Data.S3ErrorCode | Should -Be NoSuchBucket
    }
}

Describe 'Jobs' -Skip:$NoServer {
    It 'of the operator & download as well' {
        $destination = Join-Path $TestDrive ampersand
        $job = Import-Module $Module && Save-S3Model $Uri $destination -Include config.json -EndpointUrl $Store.EndpointUrl -Credential $Store.Credential &
        ($job | Receive-Job -Wait -AutoRemoveJob).Success | Should -BeTrue
    }

    It 'of threads download as well' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
        $destination = Join-Path $TestDrive thread
        $job = Start-ThreadJob { Import-Module $using:Module; $store = $using:Store; Save-S3Model $using:Uri $using:destination -Include config.json @store }
        ($job | Receive-Job -Wait -AutoRemoveJob).Success | Should -BeTrue
    }

    It 'of ForEach-Object -Parallel fill directories of their own' {
        $results = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:Module
            $store = $using:Store
            Save-S3Model $using:Uri (Join-Path $using:TestDrive parallel $_) -Include config.json @store
        }
        $results.Success | Should -Be @($true, $true, $true)
        @($results.Destination | Sort-Object -Unique).Count | Should -Be 3
    }
}

Describe 'Set-StrictMode' -Skip:$NoServer {
    It 'finds nothing in the module or in what it shows' {
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $null = $shell.AddScript({
                    param($Module, $Uri, $Store, $Destination)
                    Set-StrictMode -Version Latest
                    $ErrorActionPreference = 'Stop'
                    Import-Module $Module
                    $written = @(
                        Get-S3ModelObject $Uri @Store | Select-Object -First 2
                        Test-S3ModelSource $Uri @Store -Detailed
                        Test-S3ModelSource s3://no-such-bucket/x @Store -Detailed
                        Measure-S3ModelDownload $Uri @Store
                        Measure-S3ModelDownload $Uri $Destination @Store
                        ($saved = Save-S3Model $Uri $Destination -Include config.json @Store)
                        $saved.Files
                        ($offline = Measure-S3ModelDownload -Destination $Destination -Offline)
                        $offline.Files
                        $offline.ByExtension
                    )
                    foreach ($item in $written) {
                        $item | Out-String
                        $item | Format-List -DisplayError -ShowError | Out-String
                        $item | Format-Table -DisplayError -ShowError | Out-String
                        $item | Format-List * -DisplayError -ShowError | Out-String
                        $item | ConvertTo-Json
                    }
                }.ToString()).AddParameters(@($Module, $Uri, $Store, (Join-Path $TestDrive strict)))
            $shown = $shell.Invoke() -join "`n"
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shown | Should -Not -Match '#ERR'
            $shown | Should -Match config.json
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'In the culture <_>' -Skip:$NoServer -ForEach 'de-DE', 'tr-TR', 'ar-SA' {
    BeforeAll {
        $script:before = [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture
        [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = [cultureinfo]::GetCultureInfo($_)
    }

    AfterAll { [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture = $before }

    It 'sizes, levels and schemes are read as everywhere' {
        $result = Save-S3Model $Uri.Replace('s3:', 'S3:') (Join-Path $TestDrive "sizes-$_") -PartSize 64MB -MinimumVerification size -Verification etagmd5 -NamePolicy skip -Include *.json @Store
        $result.Success | Should -BeTrue
        $result.Verification | Should -Be ETagMd5
    }

    It 'manifests are read as everywhere' {
        $csv = Join-Path $TestDrive "list-$_.csv"
        $config = Get-S3ModelObject $Uri -Include config.json @Store
        "path,SIZE`nconfig.json,$($config.Size)" | Set-Content $csv
        (Save-S3Model $Uri (Join-Path $TestDrive "manifest-$_") -Manifest $csv -Include config.json @Store).Success | Should -BeTrue
        (Save-S3Model $Uri (Join-Path $TestDrive "manifest-$_") -FileSpec @{ path = 'config.json'; size = "$($config.Size)" } -Include config.json @Store).Success | Should -BeTrue
    }

    It 'numbers in JSON are those of JSON' {
        $json = Save-S3Model $Uri (Join-Path $TestDrive "json-$_") -Include config.json @Store | ConvertTo-Json
        $read = $json | ConvertFrom-Json
        $read.Files[0].Size | Should -BeOfType [long]
        $read.BytesPerSecond | Should -BeOfType [double]
        $read.Files[0].Status | Should -Be Downloaded
    }

    It 'messages come out, in the language there is' {
        $thrown = { Get-S3ModelObject s3://no-such-bucket/x @Store -ErrorAction Stop } | Should -Throw -ErrorId 'BucketNotFound,*' -PassThru
        $thrown.Exception.Message | Should -BeLike "The bucket 'no-such-bucket' does not exist.*"
        $thrown.Exception.Data.StatusCode | ConvertTo-Json | Should -Be '404'
    }
}

Describe 'What is missing' {
    It 'is named: <_>' -ForEach 'Save-S3Model -Destination x', 'Save-S3Model', 'Get-S3ModelObject', 'Test-S3ModelSource', 'Measure-S3ModelDownload' {
        # In a process of its own: at a prompt PowerShell asks for it.
        $said = pwsh -NoProfile -NonInteractive -Command "Import-Module '$Module'; try { $_ } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }"
        $said[0] | Should -BeLike 'MissingMandatoryParameter,*'
        $said[1] | Should -Match 'missing mandatory parameters: Uri'
    }
}
