using S3ModelStore.Engine.Source;

namespace S3ModelStore.Engine.Resources;

/// <content>Of the cmdlets: errors of binding, questions, progress and verbose messages.</content>
public static partial class Messages
{
    public static string ActionRepair(string plan, S3ModelUri source) => Text([plan, source]);

    public static string ActionSave(string plan, S3ModelUri source) => Text([plan, source]);

    public static string ActivityCheck(string? destination) => Text([destination]);

    public static string ActivityMeasure(S3ModelUri source) => Text([source]);

    public static string ActivitySave(S3ModelUri source) => Text([source]);

    public static string CompletedProfile(string name) => Text([name]);

    public static string Connection(string endpoint, string region, string credentials) => Text([endpoint, region, credentials]);

    public static string EndpointByEnvironment => Text();

    public static string FileSpecInvalid(string reason) => Text([reason]);

    public static string FileSpecInvalidRemedy => Text();

    public static string FileSpecIsText(string text) => Text([text]);

    public static string FileSpecKeyUnknown(string name) => Text([name]);

    public static string Files(int count) => Text([count]);

    public static string FilesLeftOut(S3ModelUri source, int files) => Text([source, files]);

    public static string FoundSuchAs(int count, string example) => Text([count, example]);

    public static string IdentityAnonymous => Text();

    public static string IdentityByEnvironment => Text();

    public static string IdentityCredential => Text();

    public static string IdentityProfile(string profile) => Text([profile]);

    public static string MeasuredWithoutDestination(S3ModelUri source) => Text([source]);

    public static string MeasuredWithoutDestinationRemedy => Text();

    public static string NotAFileSystem(string option, string path, string provider) => Text([option, path, provider]);

    public static string NotAFileSystemRemedy => Text();

    public static string ObjectsListed(S3ModelUri source, long count) => Text([source, count]);

    public static string OneFile => Text();

    public static string PipelineWasEmpty => Text();

    public static string PipelineWasEmptyRemedy => Text();

    public static string PlanInto(S3ModelUri source, string plan, string? destination) => Text([source, plan, destination]);

    public static string PlanToCheckAndDownload(string files, string sizeToCheck, string size) => Text([files, sizeToCheck, size]);

    public static string PlanToDownload(string files, string size) => Text([files, size]);

    public static string ProgressChecking(string done) => Text([done]);

    public static string ProgressDone(string bytes, int files, int totalFiles) => Text([bytes, files, totalFiles]);

    public static string ProgressDoneAtRate(string bytes, string rate, int files, int totalFiles) => Text([bytes, rate, files, totalFiles]);

    public static string ProgressDownloading(string done) => Text([done]);

    public static string ProgressFinishing(string done) => Text([done]);

    public static string ProgressListing(int objects) => Text([objects]);

    public static string ProgressOfTotal(string done, string total) => Text([done, total]);

    public static string ProgressPlanning(int objects) => Text([objects]);

    public static string ProgressVerifying(string done) => Text([done]);

    public static string ProgressWaiting(string done) => Text([done]);

    public static string RegionByEnvironment => Text();

    public static string RemoveOrphan(S3ModelUri source) => Text([source]);

    public static string UnexpectedRemedy => Text();
}
