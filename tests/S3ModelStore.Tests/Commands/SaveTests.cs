using S3ModelStore.TestServer;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Commands;

public sealed class SaveTests
{
    [Fact]
    public async Task A_model_is_saved_below_the_PowerShell_location()
    {
        await using var store = await Model();
        var result = store.Engine.Run("Save-S3Model s3://b/m ./d");
        Assert.True(result.Get<bool>("Success"));
        Assert.Equal(store.Directory["d"], result.Get<string>("Destination"));
        Assert.Equal(3, result.Get<int>("FilesDownloaded"));
        Assert.Equal(["d/a.json", "d/sub/b.bin", "d/sub/c.json"], store.Saved);
        Assert.Equal(3, store.Engine.Run("Save-S3Model s3://b/m ./d").Get<int>("FilesUnchanged"));
        Assert.Equal(store.Directory["d"], store.Engine.Run("Save-S3Model s3://b/m ./d/").Get<string>("Destination"));
    }

    [Theory]
    [InlineData("Save-S3Model -Source s3://b/m -OutDir d")]
    [InlineData("Save-S3Model s3://b/m -Path d")]
    [InlineData("'s3://b/m' | Save-S3Model -Destination d")]
    [InlineData("[pscustomobject]@{ Uri = 's3://b/m' } | Save-S3Model -Destination d")]
    [InlineData("[pscustomobject]@{ Source = 's3://b/m' } | Save-S3Model -Destination d")]
    [InlineData("Save-S3Model s3://b/m \"$([System.IO.Path]::Combine($PWD.ProviderPath, 'd'))\"")]
    public async Task Sources_and_destinations_bind_in_every_usual_way(string script)
    {
        await using var store = await Model();
        Assert.True(store.Engine.Run(script).Get<bool>("Success"));
        Assert.Contains("d/sub/b.bin", store.Saved);
    }

    [Fact]
    public async Task A_destination_is_literal_and_may_be_on_a_PowerShell_drive()
    {
        await using var store = await Model();
        var name = Path.GetRandomFileName() + "[x]";
        var result = store.Engine.Run($"Save-S3Model s3://b/m 'Temp:/{name}'");
        Assert.Equal(Path.Combine(Path.GetTempPath(), name), result.Get<string>("Destination"));
        Directory.Delete(Path.Combine(Path.GetTempPath(), name), recursive: true);
    }

    [Fact]
    public async Task Picked_objects_are_one_job_with_one_result()
    {
        await using var store = await Model();
        var result = store.Engine.Run("Get-S3ModelObject s3://b/m | Where-Object Size -lt 100 | Save-S3Model -Destination d");
        Assert.Equal("s3://b/m", result.Get<string>("Uri"));
        Assert.Equal(2, result.Get<int>("FilesDownloaded"));
        Assert.Equal(["d/a.json", "d/sub/c.json"], store.Saved);
        Assert.Equal(1, store.Server.Log.RequestsOf(TestServer.Protocol.S3Operation.ListObjects));
    }

    [Fact]
    public async Task Picked_objects_of_two_models_are_two_jobs()
    {
        await using var store = await Model();
        store.Put("n/z.json", "{}");
        var result = store.Engine.Run("Get-S3ModelObject s3://b/m, s3://b/n -Include *.json | Save-S3Model -Destination d");
        Assert.Equal(["s3://b/m", "s3://b/n"], result.Output.Select(each => each.Properties["Uri"].Value));
        Assert.Equal(["d/a.json", "d/sub/c.json", "d/z.json"], store.Saved);
    }

    [Fact]
    public async Task An_object_that_was_picked_twice_is_saved_once()
    {
        await using var store = await Model();
        Assert.Equal(3, store.Engine.Run("Get-S3ModelObject s3://b/m, s3://b/m | Save-S3Model -Destination d").Get<int>("FilesDownloaded"));
    }

    [Theory]
    [InlineData("-FileSpec @{ Path = 'a.json'; Size = 2; Sha256 = $Digest }, @{ Path = 'sub/c.json' }")]
    [InlineData("-FileSpec ([pscustomobject]@{ path = 'a.json'; size = '2'; sha256 = $Digest; other = 1 }), @{ Path = 'sub/c.json' }")]
    [InlineData("-Manifest ./sums")]
    public async Task Specified_files_are_proved_by_their_digests(string arguments)
    {
        await using var store = await Model();
        const string digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        await File.WriteAllTextAsync(store.Directory["sums"], $"Path,Sha256\na.json,{digest}\nsub/c.json,\n", TestContext.Current.CancellationToken);
        store.Engine.Set("Digest", digest);
        var result = store.Engine.Run("(Save-S3Model s3://b/m ./d " + arguments + ").Files | ForEach-Object { $_.RelativePath + ' ' + $_.Verification }");
        Assert.Empty(result.Errors);
        Assert.Equal(["a.json Sha256", "sub/b.bin ETagMd5", "sub/c.json ETagMd5"], result.Output.Select(line => (string)line.BaseObject).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_specified_file_that_the_source_lacks_is_an_error()
    {
        await using var store = await Model();
        var error = store.Engine.Run("Save-S3Model s3://b/m ./d -FileSpec @{ Path = 'none.json' }").Error();
        Assert.StartsWith("FileSpecMismatch,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(store.Saved);
    }

    [Theory]
    [InlineData("Save-S3Model -InputObject (Get-S3ModelObject s3://b/m) -Destination d")]
    [InlineData("Save-S3Model (Get-S3ModelObject s3://b/m) d")]
    public async Task Listed_objects_can_be_given_as_an_argument_too(string script)
    {
        await using var store = await Model();
        Assert.Equal(3, store.Engine.Run(script).Get<int>("FilesDownloaded"));
        Assert.Equal(["d/a.json", "d/sub/b.bin", "d/sub/c.json"], store.Saved);
    }

    [Fact]
    public async Task An_empty_pipeline_is_no_success()
    {
        await using var store = await Model();
        const string script = "Get-S3ModelObject s3://b/none | Save-S3Model -Destination d";
        Assert.StartsWith("NoMatch,", store.Engine.Run(script).Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        var allowed = store.Engine.Run(script + " -AllowEmpty");
        Assert.Empty(allowed.Errors);
        Assert.Empty(allowed.Output);
    }

    [Fact]
    public async Task What_was_listed_or_saved_before_specifies_the_next_download()
    {
        await using var store = await Model();
        store.Engine.Set("Digest", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        var proved = store.Engine.Run("$first = Save-S3Model s3://b/m d -Include a.json -FileSpec @{ Path = 'a.json'; Sha256 = $Digest }; Save-S3Model s3://b/m e -Include a.json -FileSpec $first.Files");
        Assert.Equal("Sha256", proved.Only().Properties["Verification"].Value.ToString());
        store.Put("m/a.json", "changed");
        var error = store.Engine.Run("Save-S3Model s3://b/m e -FileSpec $first.Files").Error();
        Assert.StartsWith("FileSpecMismatch,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.True(store.Engine.Run("$listed = Get-S3ModelObject s3://b/m; Save-S3Model s3://b/m e -FileSpec $listed").Get<bool>("Success"));
    }

    [Fact]
    public async Task Two_sources_never_fill_the_same_path()
    {
        await using var store = await Model();
        store.Put("n/a.json", "other");
        var result = store.Engine.Run("Save-S3Model s3://b/m, s3://b/n ./d");
        Assert.True((bool)Assert.Single(result.Output).Properties["Success"].Value);
        Assert.StartsWith("NameConflict,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_source_that_fails_does_not_stop_the_next()
    {
        await using var store = await Model();
        var result = store.Engine.Run("'s3://b/none', 'x', 's3://b/m' | Save-S3Model -Destination d");
        Assert.Equal(["NoMatch", "InvalidUri"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.True((bool)Assert.Single(result.Output).Properties["Success"].Value);
    }

    [Fact]
    public async Task What_if_tells_and_writes_nothing()
    {
        await using var store = await Model();
        var result = store.Engine.Run("Save-S3Model s3://b/m ./d -WhatIf");
        Assert.Null(result.Thrown);
        Assert.Empty(result.Output);
        Assert.Contains("Save 3 files (195.3 KB to download) from s3://b/m", result.Screen, StringComparison.Ordinal);
        Assert.Empty(store.Directory.Files);
        Assert.False(Directory.Exists(store.Directory["d"]));
    }

    [Theory]
    [InlineData("y\n", 3)]
    [InlineData("n\n", 0)]
    public async Task Confirm_asks_once_for_a_source(string answer, int files)
    {
        await using var store = await Model(answer);
        var result = store.Engine.Run("Save-S3Model s3://b/m ./d -Confirm");
        Assert.Null(result.Thrown);
        Assert.Contains("from s3://b/m", result.Screen, StringComparison.Ordinal);
        Assert.Equal(files, store.Saved.Count());
    }

    [Fact]
    public async Task A_failed_file_is_an_error_after_the_result()
    {
        await using var store = await Model();
        store.Server.Faults.OnGet("m/sub/b.bin").AccessDenied().Always();
        var result = store.Engine.Run("Save-S3Model s3://b/m ./d");
        Assert.False(result.First<bool>("Success"));
        Assert.Equal(1, result.First<int>("FilesFailed"));
        Assert.StartsWith("AccessDenied,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(["d/a.json", "d/sub/c.json"], store.Saved);
    }

    [Fact]
    public async Task With_error_action_stop_the_result_still_comes_out()
    {
        await using var store = await Model();
        store.Server.Faults.OnGet("m/sub/b.bin").AccessDenied().Always();
        var result = store.Engine.Run("$all = @(try { Save-S3Model s3://b/m ./d -ErrorAction Stop | ForEach-Object { $_ } } catch { \"caught $($_.FullyQualifiedErrorId)\" }); $all");
        Assert.False(result.First<bool>("Success"));
        Assert.StartsWith("caught AccessDenied,", (string)result.Output[1].BaseObject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_messages_help_and_keep_the_secret()
    {
        await using var store = await Model();
        var result = store.Engine.Run("Save-S3Model s3://b/m ./d -Verbose -Debug");
        var text = string.Join('\n', result.Verbose) + result.Screen;
        Assert.Contains(store.Server.Endpoint, text, StringComparison.Ordinal);
        Assert.Contains("3 files", text, StringComparison.Ordinal);
        Assert.DoesNotContain(S3TestServer.DefaultSecretKey, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_counts_connections_and_verbose_says_why_there_were_as_many()
    {
        await using var store = await ModelServer.StartAsync();
        store.Put("m/w.bin", 32 * 1024 * 1024);
        store.Server.BytesPerSecondPerConnection = 2 * 1024 * 1024;
        var result = store.Engine.Run("Save-S3Model s3://b/m ./d -PartSize 64KB -MaxConcurrency 16 -Verbose");
        Assert.Equal(16, result.Get<int>("PeakConnections"));
        Assert.InRange(result.Get<int>("Connections"), 1, 16);
        Assert.Equal(0, result.Get<long>("BytesReassigned"));
        Assert.Contains(result.Verbose, line => line.Contains("→ 16 connections", StringComparison.Ordinal));
    }

    private static async Task<ModelServer> Model(string input = "")
    {
        var store = await ModelServer.StartAsync(input);
        store.Put("m/a.json", "{}");
        store.Put("m/sub/b.bin", 200_000);
        store.Put("m/sub/c.json", "{\"x\":1}");
        return store;
    }
}
