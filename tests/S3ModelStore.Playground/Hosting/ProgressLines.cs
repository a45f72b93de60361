using System.Management.Automation;

namespace S3ModelStore.Playground.Hosting;

/// <summary>Progress for a log: a line for a whole job now and then, nothing for a single file.</summary>
internal sealed class ProgressLines(TextWriter output, TimeProvider clock) : IProgressView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private long? _last;

    public void Show(long sourceId, ProgressRecord record)
    {
        if (record.ParentActivityId >= 0 || record.RecordType == ProgressRecordType.Completed)
            return;
        if (_last is { } last && clock.GetElapsedTime(last) < Interval)
            return;

        _last = clock.GetTimestamp();
        var percent = record.PercentComplete >= 0 ? $" ({record.PercentComplete} %)" : string.Empty;
        output.WriteLine($"{record.Activity}: {record.StatusDescription}{percent}");
        output.Flush();
    }

    public void Clear()
    {
    }
}
