using S3ModelStore.Engine.Source;

namespace S3ModelStore.Interop.Tests;

/// <summary>A model of 300 MB on the real server, uploaded once for the tests of a class: small files, a shard put in one piece and one in parts.</summary>
public sealed class SampleModel(RealServer server) : IAsyncLifetime
{
    private const int Megabyte = 1_000_000;
    private const int UploadPart = 16 * 1024 * 1024;
    private const string Folder = "models/sample";

    private readonly Dictionary<string, string> _sha256 = new(StringComparer.Ordinal);

    /// <summary>The shard that was uploaded in parts and holds most of the bytes.</summary>
    public const string MultipartShard = "model-00001-of-00002.safetensors";

    public const int TotalBytes = 300 * Megabyte;

    public S3ModelUri Source => server.Uri(Folder);

    /// <summary>How every request for one of its objects begins, path style.</summary>
    public string RequestPath => $"/{server.Bucket}/{Folder}/";

    /// <summary>SHA-256 of every file by relative path, lower-case hexadecimal.</summary>
    public IReadOnlyDictionary<string, string> Sha256 => _sha256;

    public async ValueTask InitializeAsync()
    {
        if (!server.IsConfigured)
            return;
        var cancellation = TestContext.Current.CancellationToken;
        await PutAsync("config.json", 1_000, cancellation);
        await PutAsync("onnx/empty.onnx_data", 0, cancellation);
        await PutAsync("tokenizer/tokenizer.json", (2 * Megabyte) - 1_000, cancellation);
        await PutAsync("model-00002-of-00002.safetensors", 58 * Megabyte, cancellation);
        _sha256[MultipartShard] = await Upload.MultipartAsync(server, $"{Folder}/{MultipartShard}", 240 * Megabyte, UploadPart, cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task PutAsync(string path, int size, CancellationToken cancellation)
        => _sha256[path] = await Upload.SingleAsync(server, $"{Folder}/{path}", size, cancellation);
}
