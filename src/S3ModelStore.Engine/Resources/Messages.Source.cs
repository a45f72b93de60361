using S3ModelStore.Engine.Source;

namespace S3ModelStore.Engine.Resources;

/// <content>Of stores, listings and settings.</content>
public static partial class Messages
{
    public static string AccessDenied(string target) => Text([target]);

    public static string AccessDeniedRemedy => Text();

    public static string AnonymousWithCredentials => Text();

    public static string AnonymousWithCredentialsRemedy => Text();

    public static string AnswerEndedEarly => Text();

    public static string AnswerIsOdd(string target, string what) => Text([target, what]);

    public static string BackoffCapRemedy => Text();

    public static string BackoffCapTooSmall(TimeSpan cap, string otherName, TimeSpan other) => Text([cap, otherName, other]);

    public static string BucketHasCharacter(char character) => Text([character]);

    public static string BucketMissing => Text();

    public static string BucketNameRefused(string target) => Text([target]);

    public static string BucketNameRefusedRemedy => Text();

    public static string BucketNotAName(string bucket) => Text([bucket]);

    public static string BucketNotFound(string bucket) => Text([bucket]);

    public static string BucketNotFoundRemedy => Text();

    public static string BucketTooLong => Text();

    public static string CertificateNotTrusted(string endpoint, string reason) => Text([endpoint, reason]);

    public static string CertificateNotTrustedRemedy => Text();

    public static string ClockSkew => Text();

    public static string ClockSkewRemedy => Text();

    public static string ConnectionLost(string endpoint, string target, string reason) => Text([endpoint, target, reason]);

    public static string ContentLengthIsOther(long? length, long asked) => Text([length, asked]);

    public static string ContentRangeIsOther(long? first, long? last, long firstAsked, long lastAsked) => Text([first, last, firstAsked, lastAsked]);

    public static string ContentRangeMissing => Text();

    public static string CredentialsNotFound => Text();

    public static string CredentialsNotFoundRemedy => Text();

    public static string CredentialsNotHad(string source, string reason) => Text([source, reason]);

    public static string CredentialsNotRenewed(string source, string reason) => Text([source, reason]);

    public static string CredentialsNotRenewedRemedy => Text();

    public static string ETagIsOther(string found, string listed) => Text([found, listed]);

    public static string EndpointHasUser => Text();

    public static string EndpointHasUserRemedy => Text();

    public static string EndpointInvalid(string? endpoint) => Text([endpoint]);

    public static string EndpointInvalidRemedy => Text();

    public static string EndpointUnreachable(string endpoint, string reason) => Text([endpoint, reason]);

    public static string EndpointUnreachableRemedy => Text();

    public static string ExpiredCredentials(string target) => Text([target]);

    public static string ExpiredCredentialsRemedy => Text();

    public static string HalfACredential => Text();

    public static string HalfACredentialRemedy => Text();

    public static string InvalidCredentials(string target) => Text([target]);

    public static string InvalidCredentialsRemedy => Text();

    public static string ItIsEmpty => Text();

    public static string KeyHasNul => Text();

    public static string KeyTooLong(int limit) => Text([limit]);

    public static string ListingCut => Text();

    public static string ListingIsNone => Text();

    public static string ListingRunsInCircles => Text();

    public static string ListingSizeImpossible(string key, long size) => Text([key, size]);

    public static string ListingStrays(string key, string prefix) => Text([key, prefix]);

    public static string ListingTooLong(int bytes) => Text([bytes]);

    public static string MaxConcurrencyRemedy(int limit) => Text([limit]);

    public static string MaxRetriesRemedy => Text();

    public static string NoAnswerInTime(string endpoint) => Text([endpoint]);

    public static string NoAnswerInTimeRemedy => Text();

    public static string NotPositiveTime(TimeSpan value) => Text([value]);

    public static string NotPositiveTimeRemedy => Text();

    public static string NotS3(string target) => Text([target]);

    public static string NotS3Remedy => Text();

    public static string NothingMatches(S3ModelUri source) => Text([source]);

    public static string NothingMatchesProbeRemedy => Text();

    public static string ObjectArchived(string target) => Text([target]);

    public static string ObjectArchivedRemedy => Text();

    public static string ObjectNotFound(string target) => Text([target]);

    public static string ObjectNotFoundRemedy => Text();

    public static string ObjectReplaced(string target) => Text([target]);

    public static string ObjectReplacedHow(string target, string how) => Text([target, how]);

    public static string ObjectReplacedRemedy => Text();

    public static string OutOfRange(long value) => Text([value]);

    public static string PartSizeOutOfRange(long bytes) => Text([bytes]);

    public static string PartSizeRemedy => Text();

    public static string ProfileAndKeys => Text();

    public static string ProfileAndKeysRemedy => Text();

    public static string ProfileNotFound(string profile) => Text([profile]);

    public static string ProfileNotFoundRemedy => Text();

    public static string ProfileWithoutCredentials(string profile, string reason) => Text([profile, reason]);

    public static string ProfileWithoutCredentialsRemedy => Text();

    public static string RegionInvalid(string region) => Text([region]);

    public static string RegionInvalidRemedy => Text();

    public static string RunAgainToContinue => Text();

    public static string SizeIsOther(long found, long listed) => Text([found, listed]);

    public static string SizeNotTold(string target) => Text([target]);

    public static string SlowestRateNegative(long value) => Text([value]);

    public static string SlowestRateRemedy => Text();

    public static string SourceCanBeListedAndRead(S3ModelUri source) => Text([source]);

    public static string SourceCanBeRead(S3ModelUri source) => Text([source]);

    public static string StatusForWholeObject(int status) => Text([status]);

    public static string StoreAtStart => Text();

    public static string StoreFailed(string target) => Text([target]);

    public static string StoreFailedRemedy => Text();

    public static string StoreGaveUpWaiting(string target) => Text([target]);

    public static string StoreWithin => Text();

    public static string Throttled(string target) => Text([target]);

    public static string ThrottledRemedy => Text();

    public static string TlsFailed(string endpoint, string reason) => Text([endpoint, reason]);

    public static string TlsFailedRemedy => Text();

    public static string TokenWithoutKey => Text();

    public static string TokenWithoutKeyRemedy => Text();

    public static string UriInvalid(string? text, string reason) => Text([text, reason]);

    public static string UriRemedy => Text();

    public static string UriWithoutScheme => Text();

    public static string WasCompressed(string encodings) => Text([encodings]);

    public static string WholeObjectSent => Text();

    public static string WordsWithheld => Text();

    public static string WrongRegion(string target) => Text([target]);

    public static string WrongRegionRemedy => Text();
}
