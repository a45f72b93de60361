using System.Globalization;

namespace S3ModelStore.Engine.Transfer;

/// <summary>What a job decided about its connections, with the time since it began. Of a long job the latest are kept. Not thread-safe.</summary>
internal sealed class ConcurrencyNotes
{
    private const int Most = 500;

    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly Queue<string> _lines = new();

    public ConcurrencyNotes(TimeProvider clock)
    {
        _clock = clock;
        _began = clock.GetTimestamp();
    }

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Add(string line)
    {
        _lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{_clock.GetElapsedTime(_began).TotalSeconds:0.0} s: {line}"));
        if (_lines.Count > Most)
            _lines.Dequeue();
    }
}
