using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Source;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Content;
using Xunit;

namespace S3ModelStore.Engine.Tests.Download;

/// <summary>A loopback server, an empty directory, and the engine's front door between them.</summary>
internal sealed class EngineFixture : IAsyncDisposable
{
    public const string Bucket = "models";

    private EngineFixture(S3TestServer server)
    {
        Server = server;
        Root = Directory.CreateTempSubdirectory("s3modelstore-").FullName;
        Options = new S3ModelStoreOptions
        {
            EndpointUrl = server.Endpoint,
            AccessKeyId = server.AccessKey,
            SecretAccessKey = server.SecretKey,
            BackoffBase = TimeSpan.FromMilliseconds(5),
            BackoffCap = TimeSpan.FromMilliseconds(50),
            OutagePatience = TimeSpan.Zero,
            IdleTimeout = TimeSpan.FromSeconds(20),
        };
    }

    public S3TestServer Server { get; }

    /// <summary>A temporary directory of this test.</summary>
    public string Root { get; }

    public string Destination => Path.Combine(Root, "model");

    public string StateDirectory => Path.Combine(Destination, ".s3modelstore");

    public S3ModelStoreOptions Options { get; set; }

    public static async Task<EngineFixture> StartAsync(S3TestServerOptions? options = null) => new(await S3TestServer.StartAsync(options));

    public ObjectContent Put(string key, long size, int seed = 1, string? etag = null)
    {
        var content = ObjectContent.Generated(size, seed);
        Server.Objects.Put(Bucket, key, content, etag is null ? null : new() { ETag = etag });
        return content;
    }

    /// <summary>Strongest evidence asked for; by size only, nothing but listings and GETs are sent.</summary>
    public VerificationLevel Verification { get; set; } = VerificationLevel.Sha256;

    public DownloadRequest Request(string source = "s3://models/m")
        => new() { Source = S3ModelUri.Parse(source), Destination = Destination, Verification = Verification };

    public Task<DownloadOutcome> SaveAsync(string source = "s3://models/m", CancellationToken cancellation = default)
        => SaveAsync(Request(source), monitor: null, cancellation);

    public async Task<DownloadOutcome> SaveAsync(DownloadRequest request, TransferMonitor? monitor = null, CancellationToken cancellation = default)
    {
        using var store = new ModelStore(Options);
        monitor ??= new TransferMonitor();
        var plan = await store.PlanAsync(request, monitor, cancellation);
        return await store.DownloadAsync(plan, monitor, cancellation);
    }

    public async Task<IReadOnlyList<S3ModelObject>> ListAsync(string source, ModelFilter? filter = null)
    {
        using var store = new ModelStore(Options);
        var found = new List<S3ModelObject>();
        await foreach (var item in store.ListAsync(S3ModelUri.Parse(source), filter ?? ModelFilter.All, CancellationToken.None))
            found.Add(item);
        return found;
    }

    public string PathOf(string relativePath) => Path.Combine(Destination, relativePath);

    /// <summary>The file on disk is exactly this content.</summary>
    public void AssertHolds(string relativePath, ObjectContent content)
        => Assert.Equal(ContentHash.Sha256Hex(content), ContentHash.Sha256Hex(ObjectContent.FromBytes(File.ReadAllBytes(PathOf(relativePath)))));

    /// <summary>Files of the destination outside the module's own directory, relative.</summary>
    public IReadOnlyList<string> Files()
        => [.. Directory.EnumerateFiles(Destination, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Destination, path))
            .Where(path => !path.StartsWith(".s3modelstore", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
