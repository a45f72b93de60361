using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;

namespace S3ModelStore.Engine.Storage;

/// <summary>A destination as it is before a download. Looks, changes nothing.</summary>
internal sealed class LocalState : ILocalState
{
    private readonly StateDirectory _state;
    private readonly DestinationIndex _index;
    private readonly SymlinkGuard _guard;
    private readonly HashSet<string> _journals;
    private readonly string _endpoint;

    // What the guard found by local path: the system is asked once.
    private readonly Dictionary<string, FileInfo> _seen = new(StringComparer.Ordinal);

    /// <param name="destination">Full path; need not exist.</param>
    /// <param name="index">What its records say.</param>
    /// <param name="endpoint">Where the bytes would come from: journals of another source do not count.</param>
    /// <param name="names">The platform's rules.</param>
    public LocalState(string destination, DestinationIndex index, string endpoint, PlatformNames names)
    {
        _state = new StateDirectory(destination);
        _endpoint = endpoint;
        _index = index;
        _guard = new SymlinkGuard(destination, names);
        _journals = _state.JournalIds();
        FreeBytes = FreeBytesAt(destination);
    }

    public long FreeBytes { get; }

    public IReadOnlyCollection<ManifestEntry> Recorded => _index.Entries;

    public PathRefusal? Refuses(string localPath)
    {
        var refusal = _guard.Check(localPath, out var file);
        if (file is not null)
            _seen[localPath.Replace(Path.DirectorySeparatorChar, '/')] = file;
        return refusal;
    }

    public PlannedFile Look(PlannedFile file)
    {
        var source = file.Source;
        _seen.Remove(file.LocalPath, out var final);
        if (_index.Find(source, file.LocalPath) is { } entry && entry.Answers(file.Spec))
        {
            if (final is not null && entry.Describes(final))
                return file with { State = S3ModelPlannedFileState.Present, Present = entry };
            file = file with { IsRecorded = final?.Exists == true };
        }

        var id = _journals.Count == 0 ? null : StateDirectory.IdOf(file.LocalPath);
        if (id is not null && _journals.Contains(id))
        {
            var identity = new ObjectIdentity(_endpoint, source.Bucket, source.Key, source.ETag, source.VersionId, source.Size);
            if (ResumeJournal.RecordedBytes(_state.JournalPath(id), identity) is > 0 and var recorded)
                return file with { State = S3ModelPlannedFileState.Partial, ResumableBytes = recorded };
        }

        return final?.Exists == true ? file with { State = S3ModelPlannedFileState.Different } : file;
    }

    /// <summary>Free bytes on the volume of a directory.</summary>
    /// <param name="destination">Full path; where nothing is yet, what is above it counts.</param>
    public static long FreeBytesAt(string destination)
    {
        var existing = new DirectoryInfo(destination);
        while (!existing.Exists && existing.Parent is { } parent)
            existing = parent;
        return new DriveInfo(existing.FullName).AvailableFreeSpace;
    }
}
