using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>Spreads the bodies of one connection over time. Kept with the connection, so that small bodies cannot slip past it.</summary>
internal sealed class Pace
{
    private static readonly object ItemKey = new();

    private TimeSpan _free;

    public long ChunkSize { get; private set; }

    private long BytesPerSecond { get; set; }

    public static Pace? Of(HttpContext http, long? bytesPerSecond)
    {
        if (bytesPerSecond is not { } rate)
            return null;

        var items = http.Features.Get<IConnectionItemsFeature>()!.Items;
        if (!items.TryGetValue(ItemKey, out var found) || found is not Pace pace)
            items[ItemKey] = pace = new Pace();

        pace.BytesPerSecond = rate;
        pace.ChunkSize = Math.Clamp(rate / 50, 1, AnswerWriter.ChunkSize);
        return pace;
    }

    public async ValueTask WaitAsync(long count, CancellationToken cancellationToken)
    {
        // A timer that fires late is made up for, up to a tenth of a second; idle time is not.
        var now = TimeSpan.FromMilliseconds(Environment.TickCount64);
        var earliest = now - TimeSpan.FromMilliseconds(100);
        _free = (_free < earliest ? now : _free) + TimeSpan.FromSeconds((double)count / BytesPerSecond);
        if (_free > now)
            await Task.Delay(_free - now, cancellationToken);
    }
}
