using System.Globalization;
using System.Management.Automation;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Formatting;

namespace S3ModelStore.Pipeline;

/// <summary>A snapshot as progress records: the job first, then its busiest files as children.</summary>
internal static class ProgressRecords
{
    private const int JobId = 1;

    public static IReadOnlyList<ProgressRecord> For(string activity, ProgressSnapshot snapshot)
    {
        var job = new ProgressRecord(JobId, activity, Status(snapshot))
        {
            PercentComplete = Percent(snapshot.BytesDone, snapshot.TotalBytes),
            SecondsRemaining = snapshot.Remaining is { } left ? (int)Math.Min(left.TotalSeconds, int.MaxValue) : -1,
        };

        // By name, not by size, so that the lines do not change places while files overtake each other.
        return snapshot.TotalFiles < 2
            ? [job]
            : [job, .. snapshot.BusiestFiles.OrderBy(file => file.RelativePath, StringComparer.Ordinal).Select(Child)];
    }

    private static ProgressRecord Child(FileProgress file, int index)
        => new(JobId + 1 + index, file.RelativePath, OfTotal(file.BytesDone, file.TotalBytes))
        {
            ParentActivityId = JobId,
            PercentComplete = Percent(file.BytesDone, file.TotalBytes),
        };

    private static string Status(ProgressSnapshot snapshot) => snapshot.Phase switch
    {
        TransferPhase.Listing => Text($"Listing: {snapshot.TotalFiles:N0} objects"),
        TransferPhase.Planning => Text($"Planning: {snapshot.TotalFiles:N0} files, {ByteSize.ToText(snapshot.TotalBytes)}"),
        TransferPhase.Finishing => Text($"Finishing: {snapshot.FilesDone:N0} of {snapshot.TotalFiles:N0} files"),
        _ => Text($"{snapshot.FilesDone:N0} of {snapshot.TotalFiles:N0} files, {OfTotal(snapshot.BytesDone, snapshot.TotalBytes)}{Rate(snapshot.BytesPerSecond)}"),
    };

    private static string OfTotal(long done, long total) => $"{ByteSize.ToText(done)} of {ByteSize.ToText(total)}";

    // Unknown at first, and meaningless while what is on disk is being checked.
    private static string Rate(double bytesPerSecond) => bytesPerSecond < 1 ? string.Empty : $", {ByteSize.ToText(bytesPerSecond)}/s";

    private static int Percent(long done, long total)
        => total <= 0 ? -1 : (int)Math.Clamp((double)done / total * 100, 0, 100);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.CurrentCulture);
}
