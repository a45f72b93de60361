using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using S3ModelStore.Engine.Progress;

namespace S3ModelStore.Pipeline;

/// <summary>
/// Samples a job's monitor by time and shows it: one record for the job, one below it for each of the busiest files. Each sample writes one
/// of them, the job every other time, because hosts, jobs and transcripts pay for every record; a file then shows what it was when the job was
/// looked at, and never more than that. Every line is completed once, at its end.
/// Sampling and writing happen on the pipeline's thread.
/// </summary>
internal sealed class ProgressDisplay
{
    /// <summary>PowerShell's own hosts draw no more often than this.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly PSCmdlet _cmdlet;
    private readonly bool _silent;
    private readonly int _jobId;
    private long _lastSample = Stopwatch.GetTimestamp();
    private readonly Dictionary<int, ProgressRecord> _shown = [];
    private readonly string?[] _lines = new string?[ProgressRecords.FileLines];
    private Watched? _watched;
    private IReadOnlyList<ProgressRecord> _looked = [];
    private int _turn;

    /// <param name="cmdlet">Whose stream the records go to, and whose preferences count.</param>
    /// <param name="jobId">As <see cref="ProgressRecords.NewJobId"/> gives it.</param>
    public ProgressDisplay(PSCmdlet cmdlet, int jobId)
    {
        _cmdlet = cmdlet;
        _jobId = jobId;
        _silent = Preference(cmdlet) is ActionPreference.SilentlyContinue or ActionPreference.Ignore;
    }

    public IDisposable Watch(TransferMonitor monitor, string activity)
    {
        var watched = new Watched(this, monitor, activity);
        Volatile.Write(ref _watched, watched);
        return watched;
    }

    public void SampleWhenDue()
    {
        if (_silent || Stopwatch.GetElapsedTime(_lastSample) < Interval)
            return;

        _lastSample = Stopwatch.GetTimestamp();
        if (Volatile.Read(ref _watched) is { } watched)
            Show(watched);
        else
            Complete();
    }

    /// <summary>Ends every record that is still shown.</summary>
    public void Complete()
    {
        End(_shown.Keys);
        _looked = [];
        Array.Clear(_lines);
        _turn = 0;
    }

    private static ActionPreference Preference(PSCmdlet cmdlet)
    {
        // -ProgressAction came with 7.4; it is not in the reference assembly this is compiled against.
        if (!cmdlet.MyInvocation.BoundParameters.TryGetValue("ProgressAction", out var value))
            value = cmdlet.GetVariableValue("ProgressPreference");
        return LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out ActionPreference preference) ? preference : ActionPreference.Continue;
    }

    private void Show(Watched watched)
    {
        var turn = _turn++;
        if (turn % 2 == 0 || _looked.Count < 2)
        {
            _looked = ProgressRecords.For(_jobId, watched.Activity, watched.Monitor.Snapshot(), _lines);
            End(_shown.Keys.Except(_looked.Select(record => record.ActivityId)));
            turn = 0;
        }

        var record = turn == 0 ? _looked[0] : _looked[1 + (turn / 2 % (_looked.Count - 1))];
        _shown[record.ActivityId] = record;
        _cmdlet.WriteProgress(record);
    }

    private void End(IEnumerable<int> ids)
    {
        // Children before their parent, or a host would draw them on the left for a moment.
        foreach (var id in ids.OrderDescending().ToList())
        {
            _shown.Remove(id, out var record);
            // A new one: those who keep records, such as jobs and hosts, keep the object that was written.
            _cmdlet.WriteProgress(new ProgressRecord(id, record!.Activity, record.StatusDescription)
            {
                ParentActivityId = record.ParentActivityId,
                RecordType = ProgressRecordType.Completed,
            });
        }
    }

    private sealed record Watched(ProgressDisplay Display, TransferMonitor Monitor, string Activity) : IDisposable
    {
        public void Dispose() => Interlocked.CompareExchange(ref Display._watched, null, this);
    }
}
