namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>Addresses of the phone, below the base.</summary>
internal static class PhoneAddresses
{
    public static string Session(string slug) => $"{slug}/phone/session";

    public static string Window(string slug) => $"{slug}/phone/window";

    public static string Check(string slug) => $"{slug}/phone/check";
}
