using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Engine.Planning;

/// <summary>What a download will do: immutable, made before any byte is fetched.</summary>
public sealed class DownloadPlan
{
    private readonly StateDirectory? _state;

    internal DownloadPlan(DownloadRequest request, IReadOnlyList<PlannedFile> files, long? freeBytes)
    {
        Request = request;
        Files = files;
        FreeBytes = freeBytes;
        _state = request.Destination is null ? null : new StateDirectory(request.Destination);
    }

    /// <summary>What was asked for.</summary>
    public DownloadRequest Request { get; }

    /// <summary>Number of files that will be in place afterwards.</summary>
    public int FileCount => Files.Count(file => file.State != S3ModelPlannedFileState.Skipped);

    /// <summary>Bytes of those files.</summary>
    public long TotalBytes => Files.Where(file => file.State != S3ModelPlannedFileState.Skipped).Sum(file => file.Source.Size);

    /// <summary>Bytes that have to be fetched, if what is there is sound.</summary>
    public long BytesToDownload => Files.Where(file => file is { NeedsTransfer: true, MustCheck: false }).Sum(file => file.Source.Size - file.ResumableBytes);

    /// <summary>Bytes on disk that a repair reads again.</summary>
    public long BytesToCheck => Files.Where(file => file.MustCheck).Sum(file => file.Source.Size);

    /// <summary>Free bytes on the destination's volume when the plan was made; <see langword="null"/> without a destination.</summary>
    public long? FreeBytes { get; }

    /// <summary>Full local paths this plan fills; none without a destination.</summary>
    public IEnumerable<string> LocalPaths
        => _state is null ? [] : Files.Where(file => file.State != S3ModelPlannedFileState.Skipped).Select(PathOf);

    /// <summary>Full local paths of the files that will be removed: earlier downloads brought them, and the source no longer has them.</summary>
    public IEnumerable<string> Orphans => OrphanEntries.Select(entry => _state!.FinalPath(entry.Path));

    internal IReadOnlyList<PlannedFile> Files { get; }

    internal IReadOnlyList<ManifestEntry> OrphanEntries { get; init; } = [];

    /// <summary>This plan with some of its orphans spared.</summary>
    /// <param name="remove">Those of <see cref="Orphans"/> that may go.</param>
    public DownloadPlan Removing(IReadOnlySet<string> remove)
        => new(Request, Files, FreeBytes) { OrphanEntries = [.. OrphanEntries.Where(entry => remove.Contains(_state!.FinalPath(entry.Path)))] };

    /// <summary>The plan as the numbers a person asks for.</summary>
    public S3ModelDownloadEstimate ToEstimate()
    {
        var files = Files.Where(file => file.State != S3ModelPlannedFileState.Skipped).ToList();
        return new S3ModelDownloadEstimate
        {
            Uri = Request.Source.ToString(),
            FileCount = files.Count,
            TotalBytes = TotalBytes,
            BytesToDownload = BytesToDownload,
            BytesPresent = files.Where(file => !file.NeedsTransfer).Sum(file => file.Source.Size),
            BytesResumable = files.Where(file => file.NeedsTransfer).Sum(file => file.ResumableBytes),
            LargestFile = files.Count == 0 ? null : Describe(files.MaxBy(file => file.Source.Size)!),
            ByExtension = ByExtension(files.Select(file => (file.Source.RelativePath, file.Source.Size))),
            FreeBytes = FreeBytes,
            Fits = FreeBytes is { } free ? BytesToDownload <= free : null,
            Files = [.. Files.Select(Describe)],
            Measured = Request with { Objects = [.. Files.Select(file => file.Source)], IsPinned = true, Prune = false },
        };
    }

    internal string PathOf(PlannedFile file) => _state!.FinalPath(file.LocalPath);

    /// <summary>Files as their extensions, the largest total first.</summary>
    internal static IReadOnlyList<S3ModelExtensionSummary> ByExtension(IEnumerable<(string Path, long Size)> files)
        => [.. files
            .GroupBy(file => Path.GetExtension(file.Path).ToLowerInvariant(), StringComparer.Ordinal)
            .Select(group => new S3ModelExtensionSummary(group.Key, group.Count(), group.Sum(file => file.Size)))
            .OrderByDescending(summary => summary.TotalBytes)
            .ThenBy(summary => summary.Extension, StringComparer.Ordinal)];

    private S3ModelPlannedFile Describe(PlannedFile file) => new()
    {
        RelativePath = file.Source.RelativePath,
        Path = _state is null || file.State == S3ModelPlannedFileState.Skipped ? null : PathOf(file),
        Uri = file.Source.Uri,
        Size = file.Source.Size,
        ETag = file.Source.ETag,
        State = file.State,
        BytesResumable = file.ResumableBytes,
    };
}
