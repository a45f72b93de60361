using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Engine.Planning;

/// <summary>Turns a listing and a picture of the destination into a plan, or says everything that speaks against it.</summary>
internal sealed class ModelPlanner
{
    private readonly DownloadRequest _request;
    private readonly PlatformNames _names;

    public ModelPlanner(DownloadRequest request, PlatformNames names)
    {
        _request = request;
        _names = names;
    }

    /// <param name="listed">What the source has; those are brought that the filter wants.</param>
    /// <param name="local">What is there; <see langword="null"/> without a destination.</param>
    /// <param name="cancellation">Looking at 100,000 files takes a while.</param>
    /// <exception cref="ModelStoreException">
    /// <see cref="ModelStoreErrorCode.NoMatch"/>, <see cref="ModelStoreErrorCode.FileSpecMismatch"/>,
    /// <see cref="ModelStoreErrorCode.UnsafePath"/> or <see cref="ModelStoreErrorCode.NameConflict"/>.
    /// </exception>
    public DownloadPlan Plan(IReadOnlyList<S3ModelObject> listed, ILocalState? local, CancellationToken cancellation)
    {
        var objects = listed.Where(found => _request.Filter.Matches(found.RelativePath)).ToList();
        if (objects.Count == 0 && !_request.AllowEmpty)
            throw NoMatch();
        var specs = MatchSpecs(objects);
        var map = new PathMapper(_names, _request.NamePolicy).Map([.. objects.Select(found => found.RelativePath)], _request.Destination ?? string.Empty);
        if (local is not null)
            map = map.Checked(path => Claimed(path) ?? local.Refuses(path));
        map.ThrowIfRefused();

        var files = new PlannedFile[objects.Count];
        for (var i = 0; i < files.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            files[i] = Plan(objects[i], map, i, specs.GetValueOrDefault(objects[i].RelativePath), local);
        }

        return new DownloadPlan(_request, files, local?.FreeBytes) { OrphanEntries = local is not null && _request.Prune ? FindOrphans(listed, local, files) : [] };
    }

    private List<ManifestEntry> FindOrphans(IReadOnlyList<S3ModelObject> listed, ILocalState local, PlannedFile[] files)
    {
        var source = _request.Source;
        var keys = listed.Select(found => found.Key).ToHashSet(StringComparer.Ordinal);
        // Where case does not count, a file that was renamed by case alone is not two files.
        var paths = files.Select(file => file.LocalPath).ToHashSet(_names.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        return [.. local.Recorded.Where(entry => entry.Uri == $"s3://{source.Bucket}/{entry.Key}"
            && entry.Key.StartsWith(source.Prefix, StringComparison.Ordinal)
            && !keys.Contains(entry.Key)
            && !paths.Contains(entry.Path)
            && _request.Filter.Matches(entry.Key[source.Prefix.Length..]))];
    }

    private PlannedFile Plan(S3ModelObject source, PathMap map, int index, S3ModelFileSpec? spec, ILocalState? local)
    {
        if (map[index]?.Replace(_names.Separator, '/') is not { } path)
        {
            return new PlannedFile
            {
                Source = source,
                LocalPath = string.Empty,
                State = S3ModelPlannedFileState.Skipped,
                SkipReason = $"'{PathMap.Printable(source.RelativePath)}' {PathMap.Printable(map.Refusals[index].Reason)}.",
            };
        }

        var planned = new PlannedFile { Source = source, LocalPath = path, State = S3ModelPlannedFileState.Missing, Spec = spec };
        if (local is null || _request.Force)
            return planned;
        var looked = local.Look(planned);
        if (looked.Present is { } entry && entry.Verification < _request.MinimumVerification)
            return planned with { State = S3ModelPlannedFileState.Different };
        return _request.Repair && (looked.Present is not null || looked.IsRecorded) ? looked with { Present = null, MustCheck = true } : looked;
    }

    private PathRefusal? Claimed(string path)
        => _request.ClaimedPaths is { Count: > 0 } claimed && claimed.Contains(Path.Combine(_request.Destination!, path))
            ? new PathRefusal(ModelStoreErrorCode.NameConflict, Messages.FilledByAnotherSource)
            : null;

    private Dictionary<string, S3ModelFileSpec> MatchSpecs(List<S3ModelObject> objects)
    {
        var specs = new Dictionary<string, S3ModelFileSpec>(StringComparer.Ordinal);
        if (_request.FileSpecs is null)
            return specs;
        // Two objects of one path are a conflict that the names tell; here any of them will do.
        var sizes = new Dictionary<string, long>(objects.Count, StringComparer.Ordinal);
        foreach (var found in objects)
            sizes[found.RelativePath] = found.Size;
        var faults = new List<string>();
        var given = new FileSpecCollector();
        foreach (var spec in _request.FileSpecs)
            given.Add(default, FileSpecRules.Create(default, spec.Path, spec.Size, spec.Sha256));
        foreach (var spec in given.Specs.Where(spec => _request.Filter.Matches(spec.Path)))
        {
            if (!sizes.TryGetValue(spec.Path, out var size))
                faults.Add(Messages.SpecifiedNotThere(spec.Path));
            else if (spec.Size is { } expected && expected != size)
                faults.Add(Messages.SpecifiedOtherSize(spec.Path, size, expected));
            specs[spec.Path] = spec;
        }

        return faults.Count == 0 ? specs : throw SpecMismatch(faults);
    }

    private ModelStoreException SpecMismatch(List<string> faults)
    {
        const int Named = 20;
        var rest = faults.Count > Named ? Messages.AndMore(faults.Count - Named) : string.Empty;
        return new ModelStoreException(
            ModelStoreErrorCode.FileSpecMismatch,
            Messages.FileSpecMismatch(_request.Source, string.Join("; ", faults.Take(Named)), rest),
            Messages.FileSpecMismatchRemedy,
            _request.Source.ToString());
    }

    private ModelStoreException NoMatch()
        => new(
            ModelStoreErrorCode.NoMatch,
            Messages.NothingMatches(_request.Source),
            Messages.NothingMatchesRemedy,
            _request.Source.ToString());
}
