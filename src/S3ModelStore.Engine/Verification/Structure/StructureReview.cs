using S3ModelStore.Engine.Model;

namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>Looks into the finished files of a download: the bytes are the source's, but would a loader take them?</summary>
internal sealed class StructureReview
{
    private readonly Func<string, bool> _isPresent;
    private readonly List<string> _warnings = [];
    private readonly List<string> _notes = [];

    /// <param name="isPresent">Whether a relative path is there, or was left out on purpose.</param>
    public StructureReview(Func<string, bool> isPresent) => _isPresent = isPresent;

    /// <summary>A sentence for every file that no loader would take.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>A sentence for every file of a format that is looked into, of which nothing can be said.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public S3ModelFileResult Look(S3ModelFileResult file)
    {
        if (file.Status is S3ModelFileStatus.Failed or S3ModelFileStatus.Skipped)
            return file;
        var report = StructureChecker.Check(file.Path, file.RelativePath, _isPresent);
        if (report.State == S3ModelStructure.Invalid)
            _warnings.Add($"'{file.RelativePath}' {report.Reason}.");
        else if (report.Reason is { } reason)
            _notes.Add($"'{file.RelativePath}' {reason}.");
        return file with { Structure = report.State };
    }
}
