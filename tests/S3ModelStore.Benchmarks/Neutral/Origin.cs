using System.Text;
using S3ModelStore.Benchmarks.Scenarios;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Benchmarks.Neutral;

/// <summary>The files of one scenario on disk, with everything that nginx needs to pass for a store: listing pages and checksums.</summary>
internal sealed class Origin : IDisposable
{
    public const string Bucket = "bench";
    private const int BlockSize = 1 << 20;
    private static readonly DateTimeOffset Uploaded = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public Origin(string directory, Scenario scenario)
    {
        Directory = directory;
        var withMd5 = scenario.Front == Front.Md5;
        var files = System.IO.Directory.CreateDirectory(Path.Combine(directory, "www", Bucket, scenario.Name)).FullName;
        var objects = scenario.Files.Select((file, i) => Write(files, file, i, withMd5)).OrderBy(found => found.Name, StringComparer.Ordinal).ToList();
        CannedListing.Write(directory, scenario.Name + "/", objects);
        WriteMap("checksums.map", objects.Select(found => (found.Name, found.Crc64Nvme)));
        WriteMap("etags.map", objects.Where(found => found.Md5 is not null).Select(found => (found.Name, $"\"{found.ETag}\"")));

        void WriteMap(string name, IEnumerable<(string Name, string Value)> entries)
            => File.WriteAllLines(Path.Combine(directory, name), entries.Select(entry => $"/{Bucket}/{scenario.Name}/{entry.Name} '{entry.Value}';"));
    }

    public string Directory { get; }

    /// <summary>The files of a scenario.</summary>
    public IEnumerable<string> FilesOf(Scenario scenario) => scenario.Files.Select(file => Path.Combine(Directory, "www", Bucket, scenario.Name, file.Name));

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private static OriginObject Write(string directory, ScenarioFile file, int index, bool withMd5)
    {
        var path = Path.Combine(directory, file.Name);
        var random = new Random(index);
        var block = new byte[(int)Math.Min(BlockSize, file.Size)];
        using var crc = new RunningDigest("CRC64NVME");
        using var md5 = new RunningDigest("MD5");
        using (var output = File.Create(path))
        {
            for (var left = file.Size; left > 0; left -= block.Length)
            {
                var chunk = block.AsSpan(0, (int)Math.Min(block.Length, left));
                random.NextBytes(chunk);
                if (left == file.Size && file.Name.EndsWith(".safetensors", StringComparison.Ordinal))
                    WriteHeader(chunk, file.Size);
                crc.Append(chunk);
                if (withMd5)
                    md5.Append(chunk);
                output.Write(chunk);
                if (chunk.Length < block.Length)
                    break;
            }
        }

        var modified = Uploaded.AddSeconds(index);
        File.SetLastWriteTimeUtc(path, modified.UtcDateTime);
        return new OriginObject(file.Name, file.Size, modified, crc.FinishText(), withMd5 ? md5.FinishText() : null);
    }

    /// <summary>One tensor over all the rest: what a downloader that looks into the file wants to see.</summary>
    private static void WriteHeader(Span<byte> start, long size)
    {
        const int Length = 120;
        var tensor = size - sizeof(long) - Length;
        var header = FormattableString.Invariant($"{{\"weight\":{{\"dtype\":\"U8\",\"shape\":[{tensor}],\"data_offsets\":[0,{tensor}]}}}}").PadRight(Length);
        BitConverter.TryWriteBytes(start, (long)Length);
        Encoding.ASCII.GetBytes(header, start[sizeof(long)..]);
    }
}
