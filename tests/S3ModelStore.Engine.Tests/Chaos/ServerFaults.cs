using static S3ModelStore.Engine.Errors.ModelStoreErrorCode;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>The server goes away, or was never there.</summary>
internal static class ServerFaults
{
    public static IReadOnlyList<ChaosFault> All { get; } =
    [
        new("clock 2 h ahead", storm => storm.Server.ClockOffset = TimeSpan.FromHours(2)),
        new("clock 2 h behind", storm => storm.Server.ClockOffset = TimeSpan.FromHours(-2)),
        new("connections refused for a while", storm => storm.Away(TimeSpan.FromMilliseconds(storm.Random.Next(0, 400))), EndpointUnreachable),
        new("connections refused", storm => storm.Away(until: null), EndpointUnreachable),
        new("restart in the middle", storm => storm.AwayAfter(storm.Server.Faults.OnGet().Nth(storm.Random.Next(1, 4)), TimeSpan.Zero), ConnectionLost, EndpointUnreachable),
        new("restart that takes a while", storm => storm.AwayAfter(storm.Server.Faults.OnGet().Nth(storm.Random.Next(1, 4)), TimeSpan.FromMilliseconds(300)), ConnectionLost, EndpointUnreachable),
        new("a name that does not resolve", storm => storm.Unresolvable(), EndpointUnreachable),
    ];
}
