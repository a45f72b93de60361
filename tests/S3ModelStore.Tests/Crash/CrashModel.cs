using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;

namespace S3ModelStore.Tests.Crash;

/// <summary>A model on a server, whose objects are replaced while it is saved. Remembers every version.</summary>
internal sealed class CrashModel
{
    private const int MiB = 1024 * 1024;
    private const string Bucket = "b";

    private readonly S3TestServer _server;
    private readonly IReadOnlyList<CrashFile> _files;
    private readonly List<StoredObject> _versions = [];
    private readonly Dictionary<StoredObject, string> _digests = [];

    private CrashModel(S3TestServer server, IReadOnlyList<CrashFile> files, Random random)
    {
        _server = server;
        _files = files;
        foreach (var file in files)
            Put(file, random);
    }

    public static string Uri => $"s3://{Bucket}/m";

    /// <summary>Every version there ever was, the older ones first.</summary>
    public IReadOnlyList<StoredObject> Versions => _versions;

    public IReadOnlyList<StoredObject> Current => [.. _files.Select(file => _server.Objects.Find(Bucket, file.Key)!)];

    /// <summary>Shards that take a while, of every kind of evidence, and some small files beside them.</summary>
    public static CrashModel OfShards(S3TestServer server, Random random) => new(
        server,
        [
            new("m/unknown.bin", 12 * MiB, 20 * MiB, CrashEvidence.Nothing),
            new("m/multipart.bin", 10 * MiB, 14 * MiB, CrashEvidence.Multipart),
            // Sometimes smaller than a part, and smaller or larger than before.
            new("m/nested/single.bin", MiB / 2, 6 * MiB, CrashEvidence.Md5),
            .. SmallFiles(20),
        ],
        random);

    /// <summary>Files that are there at once, so that most of a save is its finish.</summary>
    public static CrashModel OfSmallFiles(S3TestServer server, Random random) => new(server, [.. SmallFiles(60)], random);

    /// <summary>Puts new content, of another size, in the place of some objects: enough of them to be interrupted at.</summary>
    /// <returns>Their keys.</returns>
    public IReadOnlyList<string> Replace(Random random)
    {
        CrashFile[] all = [.. _files], shards = [.. _files.Where(file => file.LargestSize > MiB)];
        var picked = shards.Length == 0 ? random.GetItems(all, random.Next(1, all.Length / 2)) : [.. random.GetItems(shards, 1), .. random.GetItems(all, random.Next(4))];
        foreach (var file in picked)
            Put(file, random);
        return [.. picked.Select(file => file.Key)];
    }

    /// <summary>SHA-256 of what a version holds.</summary>
    public string DigestOf(StoredObject version)
    {
        if (!_digests.TryGetValue(version, out var digest))
            _digests.Add(version, digest = ContentHash.Sha256Hex(version.Content));
        return digest;
    }

    /// <summary>Whether the store tells enough to prove this object by reading the file.</summary>
    public bool IsProvable(StoredObject stored) => _files.Single(file => file.Key == stored.Key).Evidence != CrashEvidence.Nothing;

    private static IEnumerable<CrashFile> SmallFiles(int count)
        => Enumerable.Range(0, count).Select(i => new CrashFile($"m/small/{i:D2}.bin", 1, 40_000, CrashEvidence.Md5));

    private void Put(CrashFile file, Random random)
    {
        var number = _versions.Count + 1;
        var content = ObjectContent.Generated(random.Next(file.SmallestSize, file.LargestSize + 1), number);
        var options = file.Evidence switch
        {
            CrashEvidence.Multipart => new PutOptions { MultipartPartSize = 5 * MiB },
            CrashEvidence.Nothing => new PutOptions { ETag = $"{number:x32}-9" },
            _ => new PutOptions(),
        };
        _versions.Add(_server.Objects.Put(Bucket, file.Key, content, options));
    }
}
