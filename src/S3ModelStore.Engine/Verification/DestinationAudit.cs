using System.Buffers;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Engine.Verification;

/// <summary>Holds a destination against its own records, with no store to ask: every recorded file is read whole. Changes nothing.</summary>
internal sealed class DestinationAudit
{
    private const int BufferSize = 256 * 1024;

    private readonly StateDirectory _state;
    private readonly ModelFilter _filter;
    private readonly TransferMonitor _monitor;
    private readonly SymlinkGuard _guard;

    /// <param name="destination">Full path.</param>
    /// <param name="filter">Over relative local paths.</param>
    /// <param name="monitor">Counts what is read.</param>
    public DestinationAudit(string destination, ModelFilter filter, TransferMonitor monitor)
    {
        _state = new StateDirectory(destination);
        _filter = filter;
        _monitor = monitor;
        _guard = new SymlinkGuard(destination, PlatformNames.ForCurrent());
    }

    /// <exception cref="ModelStoreException">
    /// <see cref="ModelStoreErrorCode.ManifestNotFound"/>, <see cref="ModelStoreErrorCode.UnsupportedState"/>, or
    /// <see cref="ModelStoreErrorCode.UnsafePath"/> for records that point out of the destination.
    /// </exception>
    public async Task<S3ModelDownloadEstimate> RunAsync(CancellationToken cancellation)
    {
        var entries = DestinationIndex.Load(_state).Entries.OrderBy(entry => entry.Path, StringComparer.Ordinal).ToList();
        if (entries.Count == 0)
            throw NothingRecorded();
        RequireSafe(entries);
        var wanted = entries.Where(entry => _filter.Matches(entry.Path)).ToList();
        _monitor.Begin(wanted.Count, wanted.Sum(entry => entry.Size));
        var findings = new S3ModelPlannedFile[wanted.Count];
        await Parallel.ForAsync(0, wanted.Count, cancellation, (index, token) =>
        {
            findings[index] = Look(wanted[index], token);
            _monitor.FileDone();
            return ValueTask.CompletedTask;
        });
        var foreign = ForeignFiles(entries.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal));
        return Summarise(findings, [.. findings, .. foreign]);
    }

    private static S3ModelPlannedFile Finding(ManifestEntry entry, string path, S3ModelPlannedFileState state, long damaged, string? reason) => new()
    {
        RelativePath = entry.Path,
        Path = path,
        Uri = entry.Uri,
        Size = entry.Size,
        ETag = entry.ETag,
        State = state,
        BytesDamaged = damaged,
        Reason = reason,
    };

    private S3ModelPlannedFile Look(ManifestEntry entry, CancellationToken cancellation)
    {
        var file = new FileInfo(_state.FinalPath(entry.Path));
        if (!file.Exists)
            return Finding(entry, file.FullName, S3ModelPlannedFileState.Missing, 0, Messages.RecordedNotThere);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var (damaged, reason) = entry.PartsAtOffsets() is { Count: > 0 } parts
                ? Damage(file, entry, parts, buffer, cancellation)
                : Damage(file, entry, buffer, cancellation);
            return Finding(entry, file.FullName, reason is null ? S3ModelPlannedFileState.Present : S3ModelPlannedFileState.Damaged, damaged, reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding(entry, file.FullName, S3ModelPlannedFileState.Damaged, entry.Size, Messages.CannotBeRead(e.Message));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private (long Bytes, string? Reason) Damage(FileInfo file, ManifestEntry entry, IReadOnlyList<JournalPart> parts, byte[] buffer, CancellationToken cancellation)
    {
        using var data = PartialFile.OpenFinished(file.FullName);
        var damaged = new List<JournalPart>();
        foreach (var part in parts)
        {
            if (!LocalBytes.AreIntact(data, part, digest: null, buffer, cancellation))
                damaged.Add(part);
            _monitor.AddDone(part.Length);
        }

        if (damaged.Count > 0)
            return (damaged.Sum(part => part.Length), Messages.PartsNotAsRecorded(damaged.Count, parts.Count, damaged[0].Offset));
        return (0, SizeFault(file, entry));
    }

    private (long Bytes, string? Reason) Damage(FileInfo file, ManifestEntry entry, byte[] buffer, CancellationToken cancellation)
    {
        var reason = SizeFault(file, entry);
        if (reason is null && entry.WholeDigest() is not null && !LocalBytes.AreAsRecorded(file.FullName, entry, buffer, cancellation))
            reason = Messages.IsNotDigest(entry.Digest);
        _monitor.AddDone(entry.Size);
        return (reason is null ? 0 : entry.Size, reason);
    }

    private static string? SizeFault(FileInfo file, ManifestEntry entry)
        => file.Length == entry.Size ? null : Messages.SizeNotAsRecorded(file.Length, entry.Size);

    // A record is a file that anybody may have written.
    private void RequireSafe(List<ManifestEntry> entries)
        => new PathMapper(PlatformNames.ForCurrent(), NamePolicy.Error)
            .Map([.. entries.Select(entry => entry.Path)], _state.Destination)
            .Checked(_guard.Check)
            .ThrowIfRefused();

    private IEnumerable<S3ModelPlannedFile> ForeignFiles(HashSet<string> recorded)
    {
        // Links are not followed: what they lead to is not in the destination.
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return new DirectoryInfo(_state.Destination)
            .EnumerateFiles("*", everywhere)
            .Select(file => (File: file, Path: Path.GetRelativePath(_state.Destination, file.FullName).Replace(Path.DirectorySeparatorChar, '/')))
            .Where(found => !found.Path.StartsWith(StateDirectory.Name + "/", StringComparison.OrdinalIgnoreCase) && !recorded.Contains(found.Path) && _filter.Matches(found.Path))
            .OrderBy(found => found.Path, StringComparer.Ordinal)
            .Select(found => new S3ModelPlannedFile
            {
                RelativePath = found.Path,
                Path = found.File.FullName,
                Size = found.File.Length,
                State = S3ModelPlannedFileState.Foreign,
                Reason = Messages.ThereNotRecorded,
            });
    }

    private S3ModelDownloadEstimate Summarise(S3ModelPlannedFile[] recorded, IReadOnlyList<S3ModelPlannedFile> all)
    {
        var toDownload = recorded.Sum(file => file.State == S3ModelPlannedFileState.Missing ? file.Size : file.BytesDamaged);
        var free = LocalState.FreeBytesAt(_state.Destination);
        return new S3ModelDownloadEstimate
        {
            Uri = Manifest.Read(_state.ManifestPath)?.Source,
            FileCount = recorded.Length,
            TotalBytes = recorded.Sum(file => file.Size),
            BytesToDownload = toDownload,
            BytesPresent = recorded.Where(file => file.State != S3ModelPlannedFileState.Missing).Sum(file => file.Size - file.BytesDamaged),
            BytesResumable = 0,
            LargestFile = recorded.MaxBy(file => file.Size),
            ByExtension = DownloadPlan.ByExtension(recorded.Select(file => (file.RelativePath, file.Size))),
            FreeBytes = free,
            Fits = toDownload <= free,
            Files = all,
        };
    }

    private ModelStoreException NothingRecorded()
        => new(
            ModelStoreErrorCode.ManifestNotFound,
            Messages.ManifestNotFound(_state.Destination, _state.ManifestPath),
            Messages.ManifestNotFoundRemedy,
            _state.Destination);
}
