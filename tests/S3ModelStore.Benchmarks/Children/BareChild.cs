using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.Win32.SafeHandles;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>What any downloader on this runtime must pay: anonymous ranged GETs and positional writes. Proves, resumes and retries nothing.</summary>
internal static class BareChild
{
    public const string Verb = "child-bare";

    private const int BufferSize = 256 * 1024;
    private const long PartSize = 8L * 1024 * 1024;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var wall = Stopwatch.StartNew();
        var root = $"{arguments.Text("endpoint")}/{ServerChild.Bucket}/";
        var destination = arguments.Text("destination");
        var keys = arguments.Number("objects", 0) is > 0 and var count
            ? Enumerable.Range(0, count).Select(ServerChild.SmallKey)
            : Enumerable.Range(0, arguments.Number("gib", 0)).Select(index => ServerChild.LargeKey(ServerChild.Multipart, index));
        using var http = new HttpClient(new SocketsHttpHandler());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = arguments.Number("parallel", 8) };
        if (arguments.Number("objects", 0) > 0)
            await Parallel.ForEachAsync(keys, parallel, async (key, _) => await FetchSmallAsync(http, root + key, Path.Combine(destination, key)));
        else
            await FetchLargeAsync(http, root, [.. keys], destination, parallel);
        Measurement.Print(wall);
        return 0;
    }

    private static async Task FetchSmallAsync(HttpClient http, string url, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        await CopyAsync(http, url, range: null, file, 0);
    }

    private static async Task FetchLargeAsync(HttpClient http, string root, string[] keys, string destination, ParallelOptions parallel)
    {
        Directory.CreateDirectory(destination);
        var files = keys.Select(key => (Url: root + key, File: File.OpenHandle(Path.Combine(destination, Path.GetFileName(key)), FileMode.Create, FileAccess.Write))).ToList();
        var parts = files.SelectMany(file => Enumerable.Range(0, (int)(ServerChild.GiB / PartSize)).Select(part => (file.Url, file.File, Offset: part * PartSize)));
        await Parallel.ForEachAsync(
            parts,
            parallel,
            async (part, _) => await CopyAsync(http, part.Url, new RangeHeaderValue(part.Offset, part.Offset + PartSize - 1), part.File, part.Offset));
        files.ForEach(file => file.File.Dispose());
    }

    private static async Task CopyAsync(HttpClient http, string url, RangeHeaderValue? range, SafeFileHandle file, long offset)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = range;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        for (int read; (read = await body.ReadAtLeastAsync(buffer.AsMemory(0, BufferSize), BufferSize, throwOnEndOfStream: false)) > 0; offset += read)
            RandomAccess.Write(file, buffer.AsSpan(0, read), offset);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
