using System.Security.Cryptography;
using S3ModelStore.Engine;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Interop.Tests;

/// <summary>The main job on real input: a model of 300 MB, whole, again, and interrupted.</summary>
public sealed class SaveTests(RealServer server, SampleModel model) : IClassFixture<SampleModel>
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_arrives_whole_and_a_second_run_fetches_nothing()
    {
        server.Require();
        using var destination = new TempDirectory();
        using var store = server.OpenStore();

        var first = await store.SaveAsync(model.Source, destination.Path, Cancellation);

        AssertComplete(first, destination);
        Assert.All(first.Result.Files, file => Assert.Equal(S3ModelFileStatus.Downloaded, file.Status));
        Assert.True(first.Result.BytesDownloaded >= SampleModel.TotalBytes);
        Assert.Equal(0, first.Result.BytesReused);

        using var requests = new SentRequests();
        var second = await store.SaveAsync(model.Source, destination.Path, Cancellation);

        AssertComplete(second, destination);
        Assert.All(second.Result.Files, file => Assert.Equal(S3ModelFileStatus.Unchanged, file.Status));
        Assert.Equal(0, second.Result.BytesDownloaded);
        Assert.Equal(0, requests.CountBelow(model.RequestPath));
        Assert.True(requests.CountBelow($"/{server.Bucket}") > 0, "The listing was not seen, so nothing was watched.");
    }

    [Fact]
    public async Task A_model_that_was_cancelled_continues_where_it_was()
    {
        server.Require();
        using var destination = new TempDirectory();
        // Few and small parts, so that a run over loopback lasts long enough to be stopped and little is in flight then.
        var options = server.Options with { MaxConcurrency = 2, PartSize = 4 * 1024 * 1024 };
        var inFlight = options.MaxConcurrency.Value * options.PartSize.Value;

        var doneBefore = await StopAtAThirdAsync(options, destination.Path);
        using var store = new ModelStore(options);
        var outcome = await store.SaveAsync(model.Source, destination.Path, Cancellation);

        AssertComplete(outcome, destination);
        var shard = Assert.Single(outcome.Result.Files, file => file.RelativePath == SampleModel.MultipartShard);
        Assert.Equal(S3ModelFileStatus.Resumed, shard.Status);
        Assert.True(shard.BytesReused > 0);
        Assert.True(outcome.Result.BytesReused > 0);
        Assert.InRange(
            outcome.Result.BytesDownloaded,
            SampleModel.TotalBytes - outcome.Result.BytesReused,
            SampleModel.TotalBytes - doneBefore + inFlight);
    }

    [Fact]
    public async Task A_single_key_is_saved_under_its_last_segment()
    {
        server.Require();
        using var destination = new TempDirectory();
        using var store = server.OpenStore();
        const string name = "tokenizer.json";

        var outcome = await store.SaveAsync(server.Uri($"{model.Source.Key}/tokenizer/{name}"), destination.Path, Cancellation);

        Assert.True(outcome.Result.Success, outcome.Result.ErrorMessage);
        Assert.Equal(name, Assert.Single(outcome.Result.Files).RelativePath);
        Assert.Equal(model.Sha256["tokenizer/" + name], Sha256(Path.Combine(destination.Path, name)));
    }

    // Runs until a third of the bytes are there, then cancels as Ctrl+C does.
    private async Task<long> StopAtAThirdAsync(S3ModelStoreOptions options, string destination)
    {
        using var store = new ModelStore(options);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var monitor = new TransferMonitor();
        var request = new DownloadRequest { Source = model.Source, Destination = destination };
        var plan = await store.PlanAsync(request, monitor, Cancellation);
        var run = store.DownloadAsync(plan, monitor, stop.Token);
        while (!run.IsCompleted && monitor.Snapshot().BytesDone <= SampleModel.TotalBytes / 3)
            await Task.Delay(PollInterval, Cancellation);

        var done = monitor.Snapshot().BytesDone;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        return done;
    }

    private void AssertComplete(DownloadOutcome outcome, TempDirectory destination)
    {
        Assert.True(outcome.Result.Success, outcome.Result.ErrorMessage);
        Assert.Empty(outcome.Failures);
        Assert.Equal(SampleModel.TotalBytes, outcome.Result.TotalBytes);
        Assert.True(outcome.Result.Verification >= VerificationLevel.Size);
        Assert.Equal(model.Sha256.Keys.Order(StringComparer.Ordinal), outcome.Result.Files.Select(file => file.RelativePath).Order(StringComparer.Ordinal));
        foreach (var (path, sha256) in model.Sha256)
            Assert.Equal(sha256, Sha256(Path.Combine(destination.Path, path)));
    }

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
