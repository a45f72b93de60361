using System.Security.Cryptography;
using System.Text;
using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Storage;

/// <summary>
/// The names below <c>&lt;destination&gt;/.s3modelstore</c>, and what a reader of each file must do. Everything that is kept
/// between runs is described here and nowhere else.
/// </summary>
/// <remarks>
/// <para><c>manifest.json</c> (<see cref="Manifest"/>): UTF-8 JSON, <c>version</c> 1, replaced atomically and only when every file of a
/// job is in place, so that it doubles as the completion marker; left as it is by a job that found every file in place and would write
/// the same but for the time. Unknown version: refuse with <c>UnsupportedState</c>, never overwrite. Not JSON at all: as if it were
/// absent; the files it named are checked or fetched again.</para>
/// <para><c>completed/&lt;guid&gt;.jsonl</c> (<see cref="CompletedLog"/>): one manifest entry a line, appended by one job as each file is
/// renamed into place, so that a killed job forgets nothing. Torn tail: a line without its newline, or one that does not parse, is
/// ignored. A log nobody holds open belongs to a dead job and is folded into the next manifest.</para>
/// <para><c>partial/&lt;id&gt;.part</c>: the bytes of an unfinished file at their final offsets; holes are unwritten. <c>id</c> is the
/// SHA-256 of the local relative path, 32 hexadecimal digits of it.</para>
/// <para><c>partial/&lt;id&gt;.journal</c> (<see cref="ResumeJournal"/>): which parts of it are written. Little endian. Header: 6 bytes
/// <c>S3MSJ\n</c>, u16 version 1, u32 length of the identity, the identity as UTF-8 JSON (endpoint, bucket, key, ETag, version, size),
/// u32 CRC-32 of all before. Then records of 32 bytes: i64 offset, i64 length, u64 CRC-64/NVME of the part's bytes, u32 zero, u32 CRC-32 of the
/// 28 bytes before. Of overlapping records the last counts. Torn tail: the first record whose CRC is wrong ends the journal and is
/// overwritten by the next. Unknown version, torn header or foreign identity: the journal and its partial are dropped, and the file is
/// fetched from nothing. No record is trusted before its bytes were read again and their CRC compared; so nothing here needs a flush.</para>
/// <para><c>locks/&lt;00–ff&gt;</c>: empty; held open exclusively by the process that writes a file whose id begins so.
/// <c>manifest.lock</c>: held while the manifest is read, merged and replaced. <c>job.lock</c>: held shared by every running job; who can
/// hold it exclusively knows that nobody else is there and may tidy up. Both stay: deleting a lock file would race its next holder.</para>
/// <para>Nothing read here is trusted: whoever could write to the destination before this run may have left anything. A link in the place of
/// a directory or a lock is refused, in the place of any other file it is not read, and removed where that file is written; it is never
/// followed (<see cref="StateFile"/>). Paths that entries name go
/// through the same rules as keys before a file is looked at by them. Out of scope: somebody who plants links while the
/// run goes on, between a look and an open; hard links to a partial file; and files that block whoever opens them.</para>
/// </remarks>
internal sealed class StateDirectory
{
    public const string Name = ".s3modelstore";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public StateDirectory(string destination)
    {
        Destination = destination;
        Root = Path.Combine(destination, Name);
        PartialDirectory = Path.Combine(Root, "partial");
        CompletedDirectory = Path.Combine(Root, "completed");
        LockDirectory = Path.Combine(Root, "locks");
    }

    public string Destination { get; }

    public string Root { get; }

    public string PartialDirectory { get; }

    public string CompletedDirectory { get; }

    public string LockDirectory { get; }

    public string ManifestPath => Path.Combine(Root, "manifest.json");

    public string ManifestLockPath => Path.Combine(Root, "manifest.lock");

    public string JobLockPath => Path.Combine(Root, "job.lock");

    /// <summary>Names a file's state: the same for every process, safe on every volume.</summary>
    public static string IdOf(string localPath)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(localPath), digest);
        return Convert.ToHexString(digest[..16]).ToLowerInvariant();
    }

    public string PartialPath(string id) => Path.Combine(PartialDirectory, id + ".part");

    public string JournalPath(string id) => Path.Combine(PartialDirectory, id + ".journal");

    /// <summary>The files that have a journal now.</summary>
    public HashSet<string> JournalIds()
        => Directory.Exists(PartialDirectory)
            ? [.. Directory.EnumerateFiles(PartialDirectory, "*.journal").Select(path => Path.GetFileNameWithoutExtension(path))]
            : [];

    public string LockPath(string id) => Path.Combine(LockDirectory, id[..2]);

    /// <summary>Full path of a finished file.</summary>
    /// <param name="localPath">Relative path with <c>/</c> between segments.</param>
    public string FinalPath(string localPath)
        => Path.Combine(Destination, Path.DirectorySeparatorChar == '/' ? localPath : localPath.Replace('/', Path.DirectorySeparatorChar));

    /// <exception cref="ModelStoreException">A link is in the way, or one of the directories cannot be had; it is named.</exception>
    public void Create()
    {
        Directory.CreateDirectory(Destination);
        foreach (var directory in (ReadOnlySpan<string>)[Root, PartialDirectory, CompletedDirectory, LockDirectory])
        {
            if (StateFile.IsLink(directory))
                throw StateFile.LinkInTheWay(directory);
            try
            {
                CreateForOwner(directory);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw DiskErrors.From(e, directory);
            }
        }
    }

    // Keys and endpoints are in there, which the files themselves do not tell.
    private static void CreateForOwner(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerOnly);
    }
}
