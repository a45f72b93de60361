using System.Management.Automation;
using System.Reflection;
using S3ModelStore.TestServer.Protocol;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Errors;

public sealed class ErrorRecordTests : IDisposable
{
    private const string Keys = "Attempts,BytesKept,RequestId,Resumable,S3ErrorCode,StatusCode";

    private readonly PowerShellEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("Get-S3ModelObject", "Get")]
    [InlineData("Test-S3ModelSource", "Test")]
    [InlineData("Measure-S3ModelDownload", "Measure")]
    [InlineData("Save-S3Model -Destination ./d", "Save")]
    public void A_malformed_uri_is_an_error_with_all_its_parts(string command, string verb)
    {
        var result = _engine.Run(command + " -Uri https://example.com/x");
        Assert.Null(result.Thrown);
        Assert.Empty(result.Output);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("InvalidUri,S3ModelStore.Commands." + verb, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal("https://example.com/x", error.TargetObject);
        Assert.Contains("s3://bucket", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("ModelStoreException", error.Exception.GetType().Name);
        Assert.Equal("InvalidUri", error.Exception.GetType().GetProperty("Code")!.GetValue(error.Exception)!.ToString());
    }

    [Fact]
    public void One_malformed_uri_does_not_stop_the_next()
        => Assert.Equal(["a", "b"], _engine.Run("'a', 'b' | Get-S3ModelObject; ").Errors.Select(error => error.TargetObject));

    [Fact]
    public void With_error_action_stop_the_first_one_ends_it()
    {
        var result = _engine.Run("'a', 'b' | Get-S3ModelObject -ErrorAction Stop");
        Assert.IsAssignableFrom<RuntimeException>(result.Thrown);
        Assert.Equal("a", result.Error().TargetObject);
    }

    [Fact]
    public void The_remedy_is_shown_to_the_person()
        => Assert.Contains("Write s3://bucket", _engine.Run("Get-S3ModelObject x 2>&1 | Out-Default").Screen, StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_fails_halfway_says_what_the_store_said_and_what_is_kept()
    {
        await using var store = await ModelServer.StartAsync();
        store.Put("m/w.bin", 1024 * 1024);
        store.Server.Faults.OnGet("m/w.bin").FromOffset(512 * 1024).Always().Status(500);
        var error = store.Engine.Run("Save-S3Model s3://b/m ./d -PartSize 64KB -MaxConcurrency 1 -MaxRetries 1").Error();
        Assert.StartsWith("ServerError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("s3://b/m/w.bin", error.TargetObject);
        Assert.Equal(Keys, string.Join(',', error.Exception.Data.Keys.Cast<string>().Order(StringComparer.Ordinal)));
        Assert.Equal("InternalError", error.Exception.Data["S3ErrorCode"]);
        Assert.False(string.IsNullOrEmpty((string?)error.Exception.Data["RequestId"]));
        Assert.Equal(500, error.Exception.Data["StatusCode"]);
        Assert.Equal(2, error.Exception.Data["Attempts"]);
        Assert.Equal(512L * 1024, error.Exception.Data["BytesKept"]);
        Assert.Equal(true, error.Exception.Data["Resumable"]);

        store.Server.Faults.Clear();
        Assert.Equal(512L * 1024, store.Engine.Run("Save-S3Model s3://b/m ./d").Get<long>("BytesReused"));
    }

    [Fact]
    public async Task A_refused_file_keeps_nothing_and_is_not_asked_for_again()
    {
        await using var store = await ModelServer.StartAsync();
        store.Put("m/w.bin", 1024 * 1024);
        store.Server.Faults.OnGet("m/w.bin").Always().AccessDenied();
        var data = store.Engine.Run("Save-S3Model s3://b/m ./d -PartSize 64KB -MaxConcurrency 1").Error().Exception.Data;
        Assert.Equal("AccessDenied", data["S3ErrorCode"]);
        Assert.Equal(403, data["StatusCode"]);
        Assert.Equal(1, data["Attempts"]);
        Assert.Equal(0L, data["BytesKept"]);
        Assert.Equal(false, data["Resumable"]);
    }

    [Fact]
    public async Task A_failed_listing_says_how_often_the_store_was_asked()
    {
        await using var store = await ModelServer.StartAsync();
        store.Put("m/w.bin", 1);
        store.Server.Faults.OnList().Always().Status(503);
        var data = store.Engine.Run("Get-S3ModelObject s3://b/m").Error().Exception.Data;
        Assert.Equal("SlowDown", data["S3ErrorCode"]);
        Assert.Equal(4, data["Attempts"]);
        Assert.Equal(true, data["Resumable"]);
    }

    [Fact]
    public async Task When_the_store_is_given_up_each_file_speaks_for_itself()
    {
        await using var store = await ModelServer.StartAsync();
        for (var i = 0; i < 8; i++)
            store.Put($"m/{i}.bin", 1000);
        store.Server.Faults.OnGet().Always().Status(500);
        var errors = store.Engine.Run("Save-S3Model s3://b/m ./d -MaxRetries 1").Errors;
        Assert.NotEmpty(errors);
        Assert.Equal(errors.Count, errors.Select(error => error.TargetObject).Distinct().Count());
    }

    [Fact]
    public async Task A_store_that_falls_silent_is_not_waited_for_when_the_attempts_are_counted()
    {
        await using var store = await ModelServer.StartAsync();
        store.Put("m/w.bin", 1000);
        store.Server.Faults.OnGet().Always().DropConnectionBeforeHeaders();
        var error = store.Engine.Run("Save-S3Model s3://b/m ./d -MaxRetries 4").Error();
        Assert.StartsWith("ConnectionLost,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(5, store.Server.Log.RequestsOf(S3Operation.GetObject));
    }

    [Fact]
    public void What_is_no_matter_of_a_store_has_the_same_keys()
    {
        var result = _engine.Run("try { Get-S3ModelObject nonsense -ErrorAction Stop } catch { $_.Exception.Data }");
        var data = (System.Collections.IDictionary)result.Only().BaseObject;
        Assert.Equal(Keys, string.Join(',', data.Keys.Cast<string>().Order(StringComparer.Ordinal)));
        Assert.Null(data["S3ErrorCode"]);
        Assert.Equal(0, data["Attempts"]);
        Assert.Equal(false, data["Resumable"]);
    }

    [Fact]
    public void Every_cause_has_a_category()
    {
        var cmdlets = CmdletAssembly.From(_engine);
        var codes = Enum.GetValues(CmdletAssembly.EngineType(cmdlets, "S3ModelStore.Engine.Errors.ModelStoreErrorCode"));
        var category = cmdlets.GetType("S3ModelStore.Errors.ModelStoreErrorRecord", throwOnError: true)!
            .GetMethod("Category", BindingFlags.Static | BindingFlags.NonPublic)!;
        var unspecified = codes.Cast<object>().Where(code => (ErrorCategory)category.Invoke(null, [code])! == ErrorCategory.NotSpecified);
        Assert.Equal(["None", "Internal"], unspecified.Select(code => code.ToString()));
    }
}
