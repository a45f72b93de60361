using System.Management.Automation;
using System.Net;
using System.Security;
using S3ModelStore.Completion;
using S3ModelStore.Engine;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source;
using S3ModelStore.Pipeline;

namespace S3ModelStore.Parameters;

/// <summary>How to reach the store: the parameters every command has. What is left out comes from the environment or the AWS configuration files.</summary>
public abstract class StoreCommand : AsyncCmdlet
{
    private ModelStore? _store;

    [Parameter]
    [Alias("Endpoint", "ServiceUrl")]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    [Parameter]
    [Alias("Profile", "AwsProfile")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ProfileName { get; set; }

    /// <summary>Access key id as the user name, secret access key as the password.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter]
    [ValidateNotNull]
    public SecureString? SessionToken { get; set; }

    [Parameter]
    [Alias("NoSignRequest")]
    public SwitchParameter Anonymous { get; set; }

    [Parameter]
    public AddressingStyle AddressingStyle { get; set; }

    [Parameter]
    [Alias("NoVerifySsl")]
    public SwitchParameter SkipCertificateCheck { get; set; }

    [Parameter]
    public SwitchParameter RequestPayer { get; set; }

    private protected ModelStore Store => _store ?? throw new InvalidOperationException("The store is made in Prepare.");

    internal static string? Reveal(SecureString? text) => text is null ? null : new NetworkCredential(string.Empty, text).Password;

    protected override void Prepare() => _store = new ModelStore(Tune(ConnectionOptions()));

    /// <summary>
    /// Adds what a single command knows about the transfer. A person waits for a question's answer, so it is asked a few times within
    /// seconds; only a download is worth the patience of the defaults.
    /// </summary>
    private protected virtual S3ModelStoreOptions Tune(S3ModelStoreOptions options) => options with { MaxRetries = 3 };

    /// <summary>The connection as asked for, for verbose messages; never a key.</summary>
    private protected string DescribeConnection()
        => Messages.Connection(EndpointUrl ?? Messages.EndpointByEnvironment, Region ?? Messages.RegionByEnvironment, DescribeIdentity());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _store?.Dispose();
        base.Dispose(disposing);
    }

    private string DescribeIdentity()
    {
        if (Anonymous)
            return Messages.IdentityAnonymous;
        if (Credential is not null)
            return Messages.IdentityCredential;
        return ProfileName is null ? Messages.IdentityByEnvironment : Messages.IdentityProfile(ProfileName);
    }

    private S3ModelStoreOptions ConnectionOptions() => new()
    {
        EndpointUrl = EndpointUrl,
        Region = Region,
        ProfileName = ProfileName,
        AccessKeyId = Credential?.UserName,
        SecretAccessKey = Reveal(Credential?.Password),
        SessionToken = Reveal(SessionToken),
        Anonymous = Anonymous,
        AddressingStyle = AddressingStyle,
        SkipCertificateCheck = SkipCertificateCheck,
        RequestPayer = RequestPayer,
    };
}
