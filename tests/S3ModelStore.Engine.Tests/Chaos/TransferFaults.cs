using S3ModelStore.Engine.Errors;
using static S3ModelStore.Engine.Errors.ModelStoreErrorCode;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>GETs that come late, break off or are refused.</summary>
internal static class TransferFaults
{
    public static IReadOnlyList<ChaosFault> All { get; } =
    [
        new("late", storm => storm.Get().Delay(TimeSpan.FromMilliseconds(30))),
        new("silence before the head", storm => storm.Get(storm.AnyKey).StallBeforeHeaders(), ModelStoreErrorCode.Timeout),
        new("silence in the body", storm => storm.Get(storm.AnyKey).StallMidBody(storm.AfterBytes()), ModelStoreErrorCode.Timeout),
        new("trickle", storm => storm.Get(storm.AnyKey).Trickle(), ModelStoreErrorCode.Timeout),
        new("trickle at the end of a body", storm => storm.Get("m/c.json").Trickle(bytesPerSecond: 20, afterBytes: 980)),
        new("RST before the head", storm => storm.Get().DropConnectionBeforeHeaders(), ConnectionLost),
        new("RST in the body", storm => storm.Get().ResetMidBody(storm.AfterBytes()), ConnectionLost),
        new("FIN before the head", storm => storm.Get().CutHead(0), ConnectionLost),
        new("FIN in the head", storm => storm.Get().CutHead(storm.Random.Next(1, 90)), ConnectionLost),
        new("FIN in the body", storm => storm.Get().Truncate(storm.AfterBytes()), ConnectionLost),
        new("429", storm => storm.Get().Status(429), Throttled),
        new("500", storm => storm.Get().Status(500), ServerError),
        new("502", storm => storm.Get().Status(502), ServerError),
        new("503", storm => storm.Get().Status(503, retryAfter: TimeSpan.FromSeconds(1)), Throttled),
        new("504", storm => storm.Get().Status(504), ServerError),
        new("400 RequestTimeout", storm => storm.Get().Status(400), ModelStoreErrorCode.Timeout),
        new("403 AccessDenied", storm => storm.Get().AccessDenied(), AccessDenied),
        new("400 ExpiredToken", storm => storm.Get().ExpiredToken(), ExpiredCredentials),
        new("403 RequestTimeTooSkewed, 2 h", storm => storm.Get().RequestTimeTooSkewed(DateTimeOffset.UtcNow.AddHours(2)), ClockSkew),
        new("403 RequestTimeTooSkewed, year 9999", storm => storm.Get().RequestTimeTooSkewed(DateTimeOffset.MaxValue), ClockSkew),
        new("301 to region after region", storm => storm.Get().RegionCarousel("eu-west-1", "eu-west-2"), WrongRegion),
        new("307 to itself", storm => storm.Get().TemporaryRedirect307(storm.Server.Endpoint), ProtocolError),
        new("307 elsewhere", storm => storm.Get().TemporaryRedirect307("http://elsewhere.invalid"), ProtocolError),
        new("HEAD 500", storm => storm.Head().Status(500), ServerError) { NeedsProof = true },
        new("HEAD silent", storm => storm.Head().StallBeforeHeaders(), ModelStoreErrorCode.Timeout) { NeedsProof = true },
        new("30 % of everything fails", storm => storm.Server.Faults.OnAny().WithProbability(0.3, storm.Seed).Times(40).Status(storm.Pick(500, 503)), ServerError, Throttled),
    ];
}
