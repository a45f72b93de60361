using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Storage;
using Xunit;

namespace S3ModelStore.Engine.Tests.Storage;

/// <summary>What other jobs did is seen at once, and nothing is read again when nobody did anything.</summary>
public sealed class LiveIndexTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("s3modelstore-").FullName;
    private readonly StateDirectory _state;

    public LiveIndexTests()
    {
        _state = new StateDirectory(_root);
        _state.Create();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Another_jobs_files_are_seen_as_they_come()
    {
        using var own = new CompletedLog(_state);
        using var other = new CompletedLog(_state);
        var index = new LiveIndex(_state, own);

        Assert.Empty(index.Current().Entries);
        other.Append(Entry("a"));
        Assert.Equal(["a"], Paths(index));
        other.Append(Entry("b"));
        Assert.Equal(["a", "b"], Paths(index));
    }

    [Fact]
    public void A_manifest_that_another_job_wrote_is_seen()
    {
        using var own = new CompletedLog(_state);
        var index = new LiveIndex(_state, own);
        Assert.Empty(index.Current().Entries);

        new Manifest
        {
            Version = Manifest.CurrentVersion,
            Source = "s3://b/m",
            Endpoint = "http://127.0.0.1",
            CompletedAt = DateTimeOffset.UnixEpoch,
            Fingerprint = string.Empty,
            Files = [Entry("a")],
        }.Write(_state.ManifestPath);

        Assert.Equal(["a"], Paths(index));
    }

    [Fact]
    public void A_jobs_own_files_change_nothing_for_it()
    {
        using var own = new CompletedLog(_state);
        var index = new LiveIndex(_state, own);
        var before = index.Current();

        own.Append(Entry("a"));

        Assert.Same(before, index.Current());
    }

    private static IEnumerable<string> Paths(LiveIndex index) => index.Current().Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal);

    private static ManifestEntry Entry(string path) => new()
    {
        Path = path,
        Uri = "s3://b/m/" + path,
        Key = "m/" + path,
        ETag = "e",
        Size = 1,
        ModifiedAt = DateTimeOffset.UnixEpoch,
        Verification = VerificationLevel.Size,
    };
}
