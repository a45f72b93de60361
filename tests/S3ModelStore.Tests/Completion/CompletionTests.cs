using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Completion;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("Get-S3ModelObject s3:", "s3://b/", "s3://backup/", "s3://my-backup/")]
    [InlineData("Get-S3ModelObject s3://ba", "s3://backup/")]
    [InlineData("Save-S3Model s3://b/", "s3://b/m/", "s3://b/model-v2/", "s3://b/readme.md")]
    [InlineData("Test-S3ModelSource -Uri s3://b/m", "s3://b/m/", "s3://b/model-v2/")]
    [InlineData("Measure-S3ModelDownload -Source S3://b/m/a", "s3://b/m/a.json")]
    [InlineData("Get-S3ModelObject s3://b/m, s3://b/r", "s3://b/readme.md")]
    [InlineData("Get-S3ModelObject s3://b/m/with", "'s3://b/m/with space & ''quote''.bin'")]
    [InlineData("Get-S3ModelObject 's3://b/m/with sp", "'s3://b/m/with space & ''quote''.bin'")]
    [InlineData("Get-S3ModelObject \"s3://b/rea", "s3://b/readme.md")]
    [InlineData("Get-S3ModelObject s3://none/")]
    public async Task A_uri_is_completed_level_by_level(string line, params string[] expected)
    {
        await using var store = await Model();
        Assert.Equal(expected, Complete(store.Engine, line));
        Assert.InRange(store.Server.Log.Requests, 0, 1);
    }

    [Theory]
    [InlineData("Get-S3ModelObject s3://b/m -Include ", "*.bin", "*.json", "*.safetensors")]
    [InlineData("Save-S3Model s3://b/m ./d -Exclude *.s", "*.safetensors")]
    [InlineData("Save-S3Model s3://b/m ./d -Exclude *.bin, *.j", "*.json")]
    public async Task Patterns_are_the_extensions_of_the_source(string line, params string[] expected)
    {
        await using var store = await Model();
        Assert.Equal(expected, Complete(store.Engine, line));
    }

    [Fact]
    public async Task What_is_typed_says_how_to_reach_the_store()
    {
        await using var store = await Model();
        store.Server.Objects.Policy("b").AllowAnonymous = true;
        store.Engine.Run("$PSDefaultParameterValues.Clear()");
        Assert.Equal(["s3://b/readme.md"], Complete(store.Engine, $"Get-S3ModelObject -EndpointUrl {store.Server.Endpoint} -Anonymous -Uri s3://b/r"));
        Assert.All(store.Server.Log.Entries, entry => Assert.Null(entry.SignedRegion));
        store.Engine.Run("$mine = [pscredential]::new($Key, $secure)");
        store.Server.Objects.Policy("b").AllowAnonymous = false;
        Assert.Equal(["s3://b/readme.md"], Complete(store.Engine, $"Get-S3ModelObject -Endpoint {store.Server.Endpoint} -Credential $mine -Uri s3://b/r"));
    }

    [Fact]
    public async Task A_store_that_hangs_or_refuses_completes_nothing_and_says_nothing()
    {
        await using var store = await Model();
        store.Server.Faults.OnList().StallBeforeHeaders().Always();
        // What does not give up hangs here.
        Wait(store.Engine, TimeSpan.FromMilliseconds(300));
        Assert.Empty(Complete(store.Engine, "Get-S3ModelObject s3://b/"));
        Wait(store.Engine, TimeSpan.FromMinutes(1));
        store.Server.Faults.Clear();
        store.Server.Faults.OnList().AccessDenied().Always();
        Assert.Empty(Complete(store.Engine, "Get-S3ModelObject s3://b/"));
        Assert.Equal(0, store.Engine.Run("$Error.Count").Only().BaseObject);
    }

    [Theory]
    [InlineData("Save-S3Model s3://b/m ./d -Max", "-MaxConcurrency", "-MaxRetries")]
    [InlineData("Save-S3Model s3://b/m ./d -NamePolicy E", "Error", "Escape")]
    [InlineData("Save-S3Model s3://b/m ./d -MinimumVerification S", "Sha256", "Size")]
    [InlineData("Save-S3Model s3://b/m ./d -Verification F", "FullObject")]
    [InlineData("Get-S3ModelObject s3://b/m -AddressingStyle ", "Auto", "Path", "Virtual")]
    [InlineData("Get-S3ModelObject s3://b/m -Region us-gov", "us-gov-east-1", "us-gov-west-1")]
    [InlineData("Get-S3ModelO", "Get-S3ModelObject")]
    public async Task Names_and_fixed_values_never_ask_the_store(string line, params string[] expected)
    {
        await using var store = await Model();
        Assert.Equal(expected, Complete(store.Engine, line));
        store.Engine.Run("Get-Command -Module S3ModelStore -Syntax; Get-Help Save-S3Model -Parameter *");
        Assert.Equal(0, store.Server.Log.Requests);
    }

    [Fact]
    public async Task Profiles_that_can_give_credentials_come_from_the_shared_files()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["credentials"], "[default]\naws_access_key_id = a\naws_secret_access_key = b\n[lab minio]\naws_access_key_id = a\naws_secret_access_key = b\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(directory["config"], "[profile lab]\ncredential_process = get-keys\n[profile listless]\nregion = eu-central-1\n[profile other]\ncredential_process = get-keys\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            directory["test.ps1"],
            """
            $line = 'Get-S3ModelObject s3://b -ProfileName '
            [System.Management.Automation.CommandCompletion]::CompleteInput($line + 'l', $line.Length + 1, $null).CompletionMatches | ForEach-Object CompletionText
            """,
            TestContext.Current.CancellationToken);
        using var process = PlaygroundProcess.Start(directory["test.ps1"], new(StringComparer.Ordinal)
        {
            ["AWS_CONFIG_FILE"] = directory["config"],
            ["AWS_SHARED_CREDENTIALS_FILE"] = directory["credentials"],
        });
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["lab", "'lab minio'"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string[] Complete(PowerShellEngine engine, string line)
    {
        engine.Set("Line", line);
        var result = engine.Run("[System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches | ForEach-Object CompletionText");
        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors);
        return [.. result.Output.Select(text => (string)text.BaseObject)];
    }

    private static void Wait(PowerShellEngine engine, TimeSpan patience)
        => CmdletAssembly.From(engine).GetType("S3ModelStore.Completion.StoreQuestion", throwOnError: true)!.GetProperty("Patience")!.SetValue(null, patience);

    private static async Task<ModelServer> Model()
    {
        var store = await ModelServer.StartAsync();
        // A busy machine is no reason to fail.
        Wait(store.Engine, TimeSpan.FromMinutes(1));
        store.Put("m/a.json", "{}");
        store.Put("m/sub/b.safetensors", "x");
        store.Put("m/with space & 'quote'.bin", "x");
        store.Put("model-v2/c.json", "x");
        store.Put("readme.md", "x");
        store.Server.Objects.CreateBucket("backup");
        store.Server.Objects.CreateBucket("my-backup");
        return store;
    }
}
