using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace S3ModelStore.Playground.Hosting;

/// <summary>A bar for each record on the last lines of a terminal, taken away before anything else is printed.</summary>
internal sealed class ProgressBars(Terminal terminal) : IProgressView
{
    private const int BarWidth = 24;
    private const string ClearToEnd = "\e[J";

    private readonly SortedDictionary<(long Source, int Id), ProgressRecord> _records = [];
    private int _lines;

    public void Show(long sourceId, ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
            _records.Remove((sourceId, record.ActivityId));
        else
            _records[(sourceId, record.ActivityId)] = record;

        Clear();
        foreach (var shown in _records.Values)
            terminal.Out.WriteLine(Line(shown));
        _lines = _records.Count;
        terminal.Out.Flush();
    }

    public void Clear()
    {
        if (_lines > 0)
            terminal.Out.Write(string.Create(CultureInfo.InvariantCulture, $"\e[{_lines}F{ClearToEnd}"));
        _lines = 0;
    }

    private string Line(ProgressRecord record)
    {
        var line = new StringBuilder(record.ParentActivityId >= 0 ? "  " : string.Empty).Append(record.Activity).Append(' ');
        if (record.PercentComplete >= 0)
        {
            var filled = Math.Min(record.PercentComplete, 100) * BarWidth / 100;
            line.Append('[').Append('#', filled).Append('.', BarWidth - filled).Append("] ");
        }

        line.Append(record.StatusDescription);
        if (record.SecondsRemaining >= 0)
            line.Append(CultureInfo.CurrentCulture, $", {TimeSpan.FromSeconds(record.SecondsRemaining):g} left");

        // A line that wraps would make the next erasure miss one.
        return line.Length < terminal.Width ? line.ToString() : line.ToString(0, terminal.Width - 1);
    }
}
