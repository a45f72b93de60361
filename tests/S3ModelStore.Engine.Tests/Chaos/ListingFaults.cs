using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Tests.Download;
using static S3ModelStore.Engine.Errors.ModelStoreErrorCode;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>Listings that fail, lie, loop or make no sense.</summary>
internal static class ListingFaults
{
    public static IReadOnlyList<ChaosFault> All { get; } =
    [
        new("listing 500", storm => storm.List().Status(500), ServerError),
        new("listing 503", storm => storm.List().Status(503), Throttled),
        new("listing silent", storm => storm.List().StallBeforeHeaders(), ModelStoreErrorCode.Timeout),
        new("listing trickles", storm => storm.List().Trickle(), ModelStoreErrorCode.Timeout),
        new("listing cut by RST", storm => storm.List().ResetMidBody(100), ConnectionLost),
        new("listing cut by FIN", storm => storm.List().Truncate(100), ConnectionLost),
        new("listing cut in the head", storm => storm.List().CutHead(60), ConnectionLost),
        new("listing with a flood of headers", storm => storm.List().HeaderFlood(300_000), ProtocolError),
        new("listing in gzip", storm => storm.List().Gzip(withLength: storm.Pick(0, 1) == 1), ProtocolError),
        new("listing of half a document", storm => storm.List().CutDocument(), ProtocolError),
        new("listing of HTML", storm => storm.List().Document(200, "text/html", MalformedXml.Html), ProtocolError),
        new("listing with entities", storm => storm.List().Document(200, "application/xml", MalformedXml.Entities), ProtocolError),
        new("listing in another encoding", storm => storm.List().Document(200, "application/xml", MalformedXml.WrongEncoding), ProtocolError),
        new("listing 400 that repeats the request", storm => storm.List().EchoRequest(400), ProtocolError),
        new("listing 307 to itself", storm => storm.List().TemporaryRedirect307(storm.Server.Endpoint), ProtocolError),
        new("listing 301 to region after region", storm => storm.List().RegionCarousel("eu-west-1", "eu-west-2"), WrongRegion),
        new("listing 403 RequestTimeTooSkewed", storm => storm.List().RequestTimeTooSkewed(DateTimeOffset.UtcNow.AddHours(-3)), ClockSkew),
        new("listing that loops", storm => storm.List().LoopContinuation(), ProtocolError),
        new("listing that repeats a key", storm => storm.Server.Faults.OnList().Always().RepeatLastEntry()),
        new("listing that shrinks", storm => storm.Server.Faults.OnList().Nth(2).RemoveObject(EngineFixture.Bucket, storm.AnyKey), ObjectNotFound),
        new("listing of keys outside the prefix", storm => storm.List().MisstateEntries("Key", storm.Pick("x", "other/key.bin")), ProtocolError),
        new("listing of sizes below zero", storm => storm.List().MisstateEntries("Size", "-5"), ProtocolError),
        new("listing of sizes beyond numbers", storm => storm.List().MisstateEntries("Size", "99999999999999999999999"), ProtocolError),
        new("listing of times that are none", storm => storm.List().MisstateEntries("LastModified", "yesterday"), ProtocolError),
        new("listing of ETags that are old", storm => storm.List().MisstateEntries("ETag", "\"00000000000000000000000000000000\""), ObjectChanged),
    ];
}
