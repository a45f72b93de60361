using System.Collections.Concurrent;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Recording;

/// <summary>Everything that <see cref="RequestLog.Reset"/> forgets. A request counts into the set it began with.</summary>
internal sealed class LogCounters
{
    private readonly long[] _requests = new long[Enum.GetValues<S3Operation>().Length];
    private readonly ConcurrentDictionary<(string Bucket, string Key), KeyCounters> _keys = new();

    public long BytesSent;
    public long ConnectionsOpened;
    public long PeakConcurrentRequests;
    public long EntriesOffered;

    public ConcurrentQueue<RequestLogEntry> Entries { get; } = new();

    public long Requests => _requests.Sum();

    public void CountRequest(S3Operation operation) => Interlocked.Increment(ref _requests[(int)operation]);

    public long RequestsOf(S3Operation operation) => Interlocked.Read(ref _requests[(int)operation]);

    public KeyCounters OfKey(string bucket, string key) => _keys.GetOrAdd((bucket, key), static _ => new KeyCounters());

    public KeyCounters? FindKey(string bucket, string key) => _keys.GetValueOrDefault((bucket, key));

    public void RaisePeak(long concurrent)
    {
        for (var peak = Interlocked.Read(ref PeakConcurrentRequests); concurrent > peak;)
        {
            var seen = Interlocked.CompareExchange(ref PeakConcurrentRequests, concurrent, peak);
            if (seen == peak)
                return;
            peak = seen;
        }
    }

    internal sealed class KeyCounters
    {
        public long Requests;
        public long BytesSent;
    }
}
