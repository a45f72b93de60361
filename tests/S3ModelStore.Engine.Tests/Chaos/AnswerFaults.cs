using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer.Content;
using static S3ModelStore.Engine.Errors.ModelStoreErrorCode;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>GETs that are answered with something else than was asked for.</summary>
internal static class AnswerFaults
{
    public static IReadOnlyList<ChaosFault> All { get; } =
    [
        new("flipped byte", storm => storm.Get().FlipByte(storm.Random.Next(900)), ChecksumMismatch) { NeedsProof = true },
        new("range ignored", storm => storm.Get(Storm.Large).RangeIgnored(), ObjectChanged),
        new("Content-Range of another offset", storm => storm.Get(Storm.Large).ShiftContentRange(storm.Pick(-1, 1, 4096)), ProtocolError, ObjectChanged),
        new("Content-Range of another total", storm => storm.Get(Storm.Large).WrongTotal(storm.Pick(1, 99, 50_000_000)), ObjectChanged, ProtocolError),
        new("Content-Range missing", storm => storm.Get(Storm.Large).OmitContentRange(), ProtocolError),
        new("another ETag", storm => storm.Get().WrongETagHeader(), ObjectChanged),
        new("Content-Length too long", storm => storm.Get().MisstateLength(storm.Pick(1, 100_000)), ObjectChanged, ProtocolError),
        new("Content-Length too short", storm => storm.Get().MisstateLength(-storm.Pick(1, 500)), ObjectChanged, ProtocolError),
        new("Content-Length missing", storm => storm.Get().OmitLength()),
        new("Content-Length missing, body short", storm => storm.Get().OmitLengthAndTruncate(storm.AfterBytes()), ConnectionLost),
        new("gzip", storm => storm.Get().Gzip(withLength: true), ProtocolError),
        new("gzip on the fly", storm => storm.Get().Gzip(withLength: false), ProtocolError),
        new("flood of headers", storm => storm.Get().HeaderFlood(300_000), ProtocolError),
        new("200 with an XML document", storm => storm.Get().GarbageXml(), ObjectChanged, ProtocolError),
        new("200 with HTML", storm => storm.Get().Document(200, "text/html", MalformedXml.Html), ObjectChanged, ProtocolError),
        new("503 with half a document", storm => storm.Get().Document(503, "application/xml", MalformedXml.HalfError), Throttled),
        new("503 with entities", storm => storm.Get().Document(503, "application/xml", MalformedXml.Entities), Throttled),
        new("503 in another encoding", storm => storm.Get().Document(503, "application/xml", MalformedXml.WrongEncoding), Throttled),
        new("500 that repeats the request", storm => storm.Get().EchoRequest(500), ServerError),
        new("400 that repeats the request", storm => storm.Get().EchoRequest(400), ProtocolError),
        new("object replaced before the GET", Replace(during: false), ObjectChanged),
        new("object replaced during the GET", Replace(during: true), ObjectChanged),
        new("object removed", storm => storm.Server.Faults.OnGet(storm.AnyKey).RemoveObject(EngineFixture.Bucket, storm.AnyKey), ObjectNotFound),
    ];

    private static Action<Storm> Replace(bool during) => storm =>
    {
        var content = ObjectContent.Generated(storm.Random.Next(1, 400_000), storm.Seed + 1000);
        storm.Knows(storm.AnyKey, content);
        var rule = storm.Server.Faults.OnGet(storm.AnyKey);
        _ = during
            ? rule.ReplaceObjectMidBody(EngineFixture.Bucket, storm.AnyKey, content, afterBytes: 100)
            : rule.ReplaceObject(EngineFixture.Bucket, storm.AnyKey, content);
    };
}
