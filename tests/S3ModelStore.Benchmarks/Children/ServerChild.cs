using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using S3ModelStore.Engine.Verification;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>The loopback server in a process of its own: its work must not count as the client's.</summary>
/// <remarks>First line out: the endpoint. Then, for every line in, the counts since the one before. Ends with its input.</remarks>
internal static class ServerChild
{
    public const string Verb = "child-server";
    public const string Bucket = "bench";
    public const long GiB = 1L << 30;

    /// <summary>1 GiB objects that carry their CRC-64/NVME, as AWS keeps it of every upload.</summary>
    public const string Crc = "crc";

    /// <summary>The same, uploaded in parts of 8 MiB and known by nothing but their ETag.</summary>
    public const string Multipart = "multipart";

    /// <summary>The same with their MD5.</summary>
    public const string SinglePart = "single";

    /// <summary>Many objects of 4 KiB.</summary>
    public const string Small = "small";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        await using var server = await S3TestServer.StartAsync(new S3TestServerOptions { LogCapacity = 0 });
        server.Objects.CreateBucket(Bucket).AllowAnonymous = true;
        for (var i = 0; i < arguments.Number("gib", 0); i++)
            PutLarge(server, i);
        for (var i = 0; i < arguments.Number("objects", 0); i++)
            _ = server.Objects.Put(Bucket, SmallKey(i), ObjectContent.Generated(4096, i)).ETag;

        Console.WriteLine(server.Endpoint);
        var cpu = CpuSeconds();
        while (await Console.In.ReadLineAsync() is not null)
        {
            var used = CpuSeconds();
            Console.WriteLine(JsonSerializer.Serialize(new ServerCounts(server.Log.Requests, server.Log.ConnectionsOpened, server.Log.PeakConcurrentRequests, used - cpu)));
            cpu = used;
            server.Log.Reset();
        }

        return 0;
    }

    public static string LargeKey(string kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind}/model-{index:00000}.safetensors");

    public static string SmallKey(int index) => string.Create(CultureInfo.InvariantCulture, $"{Small}/{index / 1000:000}/{index % 1000:000}.json");

    private static void PutLarge(S3TestServer server, int index)
    {
        var content = ObjectContent.Generated(GiB, index);
        var crc = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amz-checksum-crc64nvme"] = Crc64Of(content) };
        server.Objects.Put(Bucket, LargeKey(Crc, index), content, new PutOptions { ETag = "0123456789abcdef0123456789abcdef-128", Checksums = crc, ChecksumType = "FULL_OBJECT" });
        _ = server.Objects.Put(Bucket, LargeKey(Multipart, index), content, new PutOptions { MultipartPartSize = 8 << 20 }).ETag;
        _ = server.Objects.Put(Bucket, LargeKey(SinglePart, index), content).ETag;
    }

    private static string Crc64Of(ObjectContent content)
    {
        using var digest = new RunningDigest("CRC64NVME");
        var block = new byte[1 << 20];
        for (long position = 0; position < content.Length; position += block.Length)
        {
            var chunk = block.AsSpan(0, (int)Math.Min(block.Length, content.Length - position));
            content.CopyTo(position, chunk);
            digest.Append(chunk);
        }

        return digest.FinishText();
    }

    private static double CpuSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
