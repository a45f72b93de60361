using Microsoft.Win32.SafeHandles;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Engine.Storage;

/// <summary>A destination while a job fills it: the job's lock, its log, the locks of its files, and the manifest at its end.</summary>
internal sealed class Destination : IDisposable
{
    private readonly SafeFileHandle _jobLock;
    private readonly CompletedLog _log;

    private Destination(StateDirectory state, SafeFileHandle jobLock)
    {
        State = state;
        _jobLock = jobLock;
        _log = new CompletedLog(state);
        Index = new LiveIndex(state, _log);
        Locks = new FileLocks(state);
    }

    public StateDirectory State { get; }

    public FileLocks Locks { get; }

    /// <summary>What is in place, other jobs' files included.</summary>
    public LiveIndex Index { get; }

    /// <summary>Creates what is missing and joins the jobs that are there.</summary>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.DestinationUnavailable"/>.</exception>
    public static async Task<Destination> OpenAsync(string path, CancellationToken cancellation)
    {
        if (File.Exists(path))
            throw new ModelStoreException(ModelStoreErrorCode.DestinationUnavailable, Messages.DestinationIsFile(path), Messages.DestinationIsFileRemedy, path);
        var state = new StateDirectory(path);
        try
        {
            state.Create();
            return new Destination(state, await ExclusiveFile.WaitAsync(ExclusiveFile.TryShare, state.JobLockPath, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.From(e, path);
        }
    }

    /// <summary>Notes that a file was renamed into place.</summary>
    public void Complete(ManifestEntry entry) => _log.Append(entry);

    /// <summary>Whether the manifest says that the last complete job was such a one, and no log knows more.</summary>
    public bool Says(S3ModelUri source, string endpoint, string fingerprint)
        => CompletedLog.Find(State, _log).Count == 0 && Manifest.Says(State.ManifestPath, source, endpoint, fingerprint);

    /// <summary>Replaces the manifest by what is known and what this job brought. Only for a job that brought everything.</summary>
    public async Task WriteManifestAsync(
        S3ModelUri source,
        string endpoint,
        string fingerprint,
        DateTimeOffset now,
        IReadOnlyCollection<ManifestEntry> brought,
        IReadOnlyCollection<ManifestEntry> forgotten,
        CancellationToken cancellation)
    {
        using var held = await ExclusiveFile.WaitAsync(ExclusiveFile.TryLock, State.ManifestLockPath, cancellation);
        var files = DestinationIndex.Load(State, _log).Entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        foreach (var entry in forgotten)
            files.Remove(entry.Path);
        foreach (var entry in brought)
            files[entry.Path] = entry;
        var manifest = new Manifest
        {
            Version = Manifest.CurrentVersion,
            Source = source.ToString(),
            Endpoint = endpoint,
            CompletedAt = now,
            Fingerprint = fingerprint,
            Files = [.. files.Values.OrderBy(entry => entry.Path, StringComparer.Ordinal)],
        };
        manifest.Write(State.ManifestPath);
        _log.Dispose();
        CompletedLog.RemoveAbandoned(State);
    }

    /// <summary>Leaves; the last one out sweeps up the empty locks.</summary>
    public void Dispose()
    {
        _log.Dispose();
        Locks.Dispose();
        _jobLock.Dispose();
        try
        {
            using var alone = ExclusiveFile.TryLock(State.JobLockPath);
            if (alone is null)
                return;
            foreach (var path in Directory.GetFiles(State.LockDirectory))
                File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelStoreException)
        {
            // Sweeping is a courtesy: empty files that stay hurt nobody.
        }
    }
}
