using System.Management.Automation;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Formatting;

namespace S3ModelStore.Pipeline;

/// <summary>A snapshot as progress records: the job first, then its busiest files as children.</summary>
internal static class ProgressRecords
{
    /// <summary>Lines for files below that of the job: as many as a snapshot names.</summary>
    public const int FileLines = 3;

    // Far from the small numbers that scripts choose, and no two commands of a process share one: they may run at once and in each other.
    private static int _lastId = 0x5333_0000;

    /// <summary>An id that no other command's records have, nor those of the files below it.</summary>
    public static int NewJobId() => Interlocked.Add(ref _lastId, 1 + FileLines);

    /// <param name="jobId">As <see cref="NewJobId"/> gave it.</param>
    /// <param name="activity">What the job is.</param>
    /// <param name="snapshot">How far it is.</param>
    /// <param name="lines">The file on each line, kept from one call to the next.</param>
    public static IReadOnlyList<ProgressRecord> For(int jobId, string activity, ProgressSnapshot snapshot, string?[] lines)
    {
        var job = new ProgressRecord(jobId, activity, Status(snapshot))
        {
            PercentComplete = Percent(snapshot.BytesDone, snapshot.TotalBytes),
            SecondsRemaining = snapshot.Remaining is { } left ? (int)Math.Min(left.TotalSeconds, int.MaxValue) : -1,
        };

        return snapshot.TotalFiles < 2 ? [job] : [job, .. Children(jobId, snapshot.BusiestFiles, lines)];
    }

    // A file keeps its line while it is among the busiest: names that change places cannot be read.
    private static IEnumerable<ProgressRecord> Children(int jobId, IReadOnlyList<FileProgress> files, string?[] lines)
    {
        for (var line = 0; line < lines.Length; line++)
        {
            if (files.All(file => file.RelativePath != lines[line]))
                lines[line] = null;
        }

        foreach (var file in files.OrderBy(file => file.RelativePath, StringComparer.Ordinal))
        {
            if (!lines.Contains(file.RelativePath))
                lines[Array.IndexOf(lines, null)] = file.RelativePath;
        }

        return from file in files
               let line = Array.IndexOf(lines, file.RelativePath)
               orderby line
               select Child(jobId, file, line);
    }

    private static ProgressRecord Child(int jobId, FileProgress file, int index)
        => new(jobId + 1 + index, file.RelativePath, OfTotal(file.BytesDone, file.TotalBytes))
        {
            ParentActivityId = jobId,
            PercentComplete = Percent(file.BytesDone, file.TotalBytes),
        };

    private static string Status(ProgressSnapshot snapshot) => snapshot.Phase switch
    {
        TransferPhase.Listing => Messages.ProgressListing(snapshot.TotalFiles),
        TransferPhase.Planning => Messages.ProgressPlanning(snapshot.TotalFiles),
        TransferPhase.Checking => Messages.ProgressChecking(Done(snapshot)),
        TransferPhase.Verifying => Messages.ProgressVerifying(Done(snapshot)),
        TransferPhase.Waiting => Messages.ProgressWaiting(Done(snapshot)),
        TransferPhase.Downloading => Messages.ProgressDownloading(DoneAtRate(snapshot)),
        _ => Messages.ProgressFinishing(Done(snapshot)),
    };

    // What matters most comes first: a narrow console cuts off the rest.
    private static string Done(ProgressSnapshot snapshot)
        => Messages.ProgressDone(OfTotal(snapshot.BytesDone, snapshot.TotalBytes), snapshot.FilesDone, snapshot.TotalFiles);

    private static string OfTotal(long done, long total) => Messages.ProgressOfTotal(ByteSize.ToText(done), ByteSize.ToText(total));

    // Unknown at first, and meaningless while what is on disk is being checked.
    private static string DoneAtRate(ProgressSnapshot snapshot)
        => snapshot.BytesPerSecond < 1
            ? Done(snapshot)
            : Messages.ProgressDoneAtRate(OfTotal(snapshot.BytesDone, snapshot.TotalBytes), ByteSize.ToText(snapshot.BytesPerSecond), snapshot.FilesDone, snapshot.TotalFiles);

    private static int Percent(long done, long total)
        => total <= 0 ? -1 : (int)Math.Clamp((double)done / total * 100, 0, 100);
}
