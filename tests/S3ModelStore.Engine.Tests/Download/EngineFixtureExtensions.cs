using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Source;
using S3ModelStore.TestServer.Faults;
using S3ModelStore.TestServer.Protocol;
using S3ModelStore.TestServer.Recording;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>What tests of failures ask again and again.</summary>
internal static class EngineFixtureExtensions
{
    public const int MiB = 1024 * 1024;

    /// <summary>An ETag that proves no bytes: such a file is verified by its size only.</summary>
    public const string MultipartETag = "0123456789abcdef0123456789abcdef-3";

    /// <summary>One request at a time in parts of a mebibyte: what happens is the same in every run.</summary>
    public static EngineFixture InSequence(this EngineFixture fixture)
    {
        fixture.Options = fixture.Options with { PartSize = MiB, MaxConcurrency = 1 };
        return fixture;
    }

    /// <summary>The GETs of a key in the order they arrived.</summary>
    public static IReadOnlyList<RequestLogEntry> GetsOf(this EngineFixture fixture, string key)
        => [.. fixture.Server.Log.Entries.Where(entry => entry.Operation == S3Operation.GetObject && entry.Key == key)];

    /// <summary>Where the ranges of a key's GETs began; 0 for the whole object.</summary>
    public static IReadOnlyList<long> StartsOf(this EngineFixture fixture, string key)
        => [.. fixture.GetsOf(key).Select(entry => entry.Range?.First ?? 0)];

    public static S3ModelFileResult File(this DownloadOutcome outcome, string relativePath)
        => Assert.Single(outcome.Result.Files, file => file.RelativePath == relativePath);

    /// <summary>The job failed because of one file, and result and error agree about it.</summary>
    public static ModelStoreException OnlyFailure(this DownloadOutcome outcome, ModelStoreErrorCode code)
    {
        Assert.False(outcome.Result.Success);
        var failure = Assert.Single(outcome.Failures);
        Assert.Equal(code, failure.Code);
        Assert.NotNull(failure.Remedy);
        var file = Assert.Single(outcome.Result.Files, file => file.Status == S3ModelFileStatus.Failed);
        Assert.Equal(code, file.ErrorCode);
        Assert.Equal(failure.Message, file.ErrorMessage);
        Assert.Contains(failure.Message, outcome.Result.ErrorMessage, StringComparison.Ordinal);
        return failure;
    }

    public static void AssertSucceeded(this DownloadOutcome outcome)
    {
        Assert.Empty(outcome.Failures);
        Assert.True(outcome.Result.Success);
    }

    public static async Task<DownloadPlan> PlanAsync(this EngineFixture fixture, DownloadRequest? request = null)
    {
        using var store = new ModelStore(fixture.Options);
        return await store.PlanAsync(request ?? fixture.Request(), monitor: null, CancellationToken.None);
    }

    public static async Task<S3ModelSourceStatus> ProbeAsync(this EngineFixture fixture, string source = "s3://models/m", ModelFilter? filter = null)
    {
        using var store = new ModelStore(fixture.Options);
        return await store.ProbeAsync(S3ModelUri.Parse(source), filter ?? ModelFilter.All, CancellationToken.None);
    }

    public static async Task<DownloadOutcome> SaveAsync(this EngineFixture fixture, TimeProvider clock)
    {
        using var store = new ModelStore(fixture.Options, clock);
        var monitor = new TransferMonitor(clock);
        return await store.DownloadAsync(await store.PlanAsync(fixture.Request(), monitor, CancellationToken.None), monitor, CancellationToken.None);
    }

    /// <summary>Lists, then does something to the server, then downloads what was listed.</summary>
    public static async Task<DownloadOutcome> SaveAfterAsync(this EngineFixture fixture, Action between)
    {
        using var store = new ModelStore(fixture.Options);
        var monitor = new TransferMonitor();
        var plan = await store.PlanAsync(fixture.Request(), monitor, CancellationToken.None);
        between();
        return await store.DownloadAsync(plan, monitor, CancellationToken.None);
    }

    /// <summary>Saves, and is stopped when so many GETs of a key were answered and the next one is under way.</summary>
    public static async Task StopAfterAsync(this EngineFixture fixture, string key, int parts)
    {
        using var stop = new CancellationTokenSource();
        var gate = new Gate();
        var rule = fixture.Server.Faults.OnGet(key).Skip(parts).Hold(gate);
        var saving = fixture.SaveAsync(fixture.Request(), new TransferMonitor(), stop.Token);
        await gate.Reached;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        fixture.Server.Faults.Remove(rule);
    }

    /// <summary>Flips a bit of a file on disk.</summary>
    public static void FlipByte(string path, long at)
    {
        using var file = System.IO.File.Open(path, FileMode.Open);
        file.Position = at;
        var value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 1));
    }

    /// <summary>Files an unfinished run left in the module's own directory.</summary>
    public static int PartialFiles(this EngineFixture fixture)
    {
        var directory = Path.Combine(fixture.StateDirectory, "partial");
        return Directory.Exists(directory) ? Directory.GetFiles(directory, "*.part").Length : 0;
    }
}
