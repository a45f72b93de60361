BeforeDiscovery { . "$PSScriptRoot/Source.ps1" }
BeforeAll {
    . "$PSScriptRoot/Source.ps1"
    function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
}

Describe 'Completion' {
    It 'knows the values of <Parameter>' -ForEach @(
        @{ Parameter = 'NamePolicy'; Values = 'Error', 'Skip', 'Escape' }
        @{ Parameter = 'AddressingStyle'; Values = 'Auto', 'Path', 'Virtual' }
        @{ Parameter = 'Verification'; Values = 'Auto', 'Sha256', 'FullObject', 'Composite', 'ETagMd5', 'Size' }
    ) {
        Complete "Save-S3Model s3://b/m ./d -$Parameter " | Sort-Object | Should -Be ($Values | Sort-Object)
    }

    It 'knows the regions of AWS' {
        Complete 'Get-S3ModelObject s3://b/m -Region eu-central-' | Should -Be 'eu-central-1', 'eu-central-2'
    }

    It 'knows the profiles of the shared files' {
        $file = Join-Path $TestDrive credentials
        "[lab]`naws_access_key_id = a`naws_secret_access_key = b`n[lab two]`naws_access_key_id = a`naws_secret_access_key = b" | Set-Content $file
        $env:AWS_SHARED_CREDENTIALS_FILE, $before = $file, $env:AWS_SHARED_CREDENTIALS_FILE
        try { Complete 'Get-S3ModelObject s3://b/m -ProfileName la' | Should -Be 'lab', "'lab two'" }
        finally { $env:AWS_SHARED_CREDENTIALS_FILE = $before }
    }

    It 'says nothing when nobody listens' {
        $Error.Clear()
        Complete 'Get-S3ModelObject -EndpointUrl http://127.0.0.1:9 -Anonymous -Uri s3://b/' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }

    Context "with a server$Because" -Skip:$NoServer {
        BeforeAll {
            # A busy machine is no reason to fail.
            $cmdlets = (Get-Command Save-S3Model).ImplementingType.Assembly
            $cmdlets.GetType('S3ModelStore.Completion.StoreQuestion').GetProperty('Patience').SetValue($null, [timespan]'0:01:00')
            $key = $Store.Credential
            $connection = "-EndpointUrl $($Store.EndpointUrl) -Credential `$key"
            $PSDefaultParameterValues.Clear()
        }

        It 'completes a source level by level' {
            Complete "Get-S3ModelObject $connection -Uri s3://mo" | Should -Be s3://models/
            Complete "Get-S3ModelObject $connection -Uri s3://models/t" | Should -Be s3://models/tiny-llm/
            Complete "Get-S3ModelObject $connection -Uri s3://models/tiny-llm/con" | Should -Be s3://models/tiny-llm/config.json
        }

        It 'offers patterns for what is there' {
            Complete "Save-S3Model $Uri ./d $connection -Include " | Should -Be '*.json', '*.md', '*.safetensors'
        }

        It 'asks the store that the default values name' {
            $PSDefaultParameterValues = @{ '*-S3Model*:EndpointUrl' = $Store.EndpointUrl; 'Get-S3ModelObject:Credential' = $Store.Credential }
            $line = 'Get-S3ModelObject s3://models/t'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be s3://models/tiny-llm/
        }
    }
}
