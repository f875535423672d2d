import type { CheckFindingId } from '../../contract/computer/check-calls.ts';
import type { FindingText } from '../en/check-findings.ts';

const waiting =
  'Solange niemand ihre Nachrichten annimmt, kostet jedes Ereignis die Zertifizierungsstelle Sekunden, und die Nachricht ist verloren.';
const early =
  'Die Zertifizierungsstelle startet mit dem Computer und sendet sofort; das Relay muss da sein, bevor sich jemand anmeldet.';
const nothing = 'Nichts zu tun.';

export const checkFindings: Readonly<Record<CheckFindingId, FindingText>> = {
  checkFailed: {
    what: 'Das konnte nicht geprüft werden: {{reason}}',
    why: 'Was nicht geprüft wurde, kann in Ordnung sein oder nicht.',
    action: 'Führen Sie die Prüfung in einer Eingabeaufforderung oder Konsole mit Administratorrechten aus.',
  },
  serviceRuns: { what: 'Der Dienst läuft.', why: early, action: nothing },
  serviceStopped: {
    what: 'Der Dienst ist installiert, läuft aber nicht (Zustand {{state}}, Exitcode {{exitCode}}).',
    why: waiting,
    action:
      'Starten Sie ihn: smtp-relay service start. Endet er wieder, sehen Sie im Ereignisprotokoll und im Betriebsprotokoll nach.',
  },
  serviceAbsent: {
    what: 'Das Relay ist nicht als Dienst dieses Computers installiert.',
    why: early,
    action: 'Installieren Sie ihn: smtp-relay service install, mit Administratorrechten.',
  },
  relayInDesktop: {
    what: 'Das Relay läuft in der Konsole einer angemeldeten Person (Prozess {{processId}}).',
    why: `${early} Es endet, wenn diese Person sich abmeldet.`,
    action: 'Beenden Sie die Konsole und installieren Sie den Dienst: smtp-relay service install.',
  },
  serviceUnread: {
    what: 'Der Zustand des Dienstes konnte nicht gelesen werden.',
    why: early,
    action: 'Sehen Sie nach mit smtp-relay service status.',
  },
  relayRuns: {
    what: 'Das Relay antwortet (Version {{version}}, Prozess {{processId}}).',
    why: 'Es nimmt die Nachrichten der Zertifizierungsstelle sofort an und behält sie, bis das Gateway sie hat.',
    action: nothing,
  },
  relayAbsent: {
    what: 'Auf {{folder}} läuft kein Relay.',
    why: waiting,
    action: 'Starten Sie den Dienst: smtp-relay service start. Ohne Dienst: smtp-relay serve.',
  },
  serverNotStarted: {
    what: 'Der virtuelle Server {{server}} ({{name}}) ist beendet oder angehalten.',
    why: waiting,
    action: 'Starten Sie ihn: smtp-relay --server {{server}} server start.',
  },
  ownNameShort: {
    what: 'Das Relay stellt sich Gateways als {{name}} vor, mit einem Namen ohne Domäne.',
    why: 'Viele Gateways weisen Mail eines Servers ab, der nicht seinen vollen Namen nennt.',
    action: 'Tragen Sie den vollqualifizierten Domänennamen ein (Eigenschaften > Übermittlung > Erweitert).',
  },
  relayWarnings: {
    what: 'Das Relay hat Warnungen: {{count}}.',
    why: 'Sie betreffen seine eigene Warteschlange, Ziele, Datenträger oder das Zertifikat.',
    action: 'Lesen Sie sie in der Übersicht oder mit smtp-relay status.',
  },
  listenersBound: {
    what: 'Das Relay lauscht tatsächlich an {{endpoints}}.',
    why: 'Die Zertifizierungsstelle erreicht nur, was offen ist.',
    action: nothing,
  },
  listenerNotBound: {
    what: '{{endpoint}} ist nicht offen: {{reason}}',
    why: waiting,
    action:
      'Geben Sie den Port frei oder berichtigen Sie die Adresse (Eigenschaften > Allgemein), dann starten Sie den Server neu.',
  },
  portTaken: {
    what: 'An {{endpoint}} lauscht ein anderes Programm: {{owner}}.',
    why: 'Die Nachrichten der Zertifizierungsstelle gehen an dieses Programm, oder das Relay bekommt den Port nicht.',
    action: 'Beenden Sie das Programm oder lassen Sie es einen anderen Port verwenden.',
  },
  portShared: {
    what: 'Am selben Port lauscht noch ein Programm, an {{endpoint}}: {{owner}}.',
    why: 'Wer eine Nachricht bekommt, hängt von der gewählten Adresse ab; unter Windows kann es das falsche sein.',
    action:
      'Beenden Sie das Programm, oder stellen Sie sicher, dass die Zertifizierungsstelle die Adresse des Relays verwendet.',
  },
  portOpenElsewhere: {
    what: 'Andere Computer erreichen das Relay an {{endpoints}}.',
    why: 'Die Zertifizierungsstelle braucht nur die Loopbackadresse; jede andere offene Adresse ist ein Weg mehr herein.',
    action: 'Sendet sonst niemand über dieses Relay, lauschen Sie nur an 127.0.0.1 (Eigenschaften > Allgemein).',
  },
  portNobody: {
    what: 'An Port {{port}} lauscht niemand.',
    why: waiting,
    action: 'Starten Sie das Relay.',
  },
  socketsUnread: {
    what: 'Wer an den Ports dieses Computers lauscht, ließ sich nicht feststellen.',
    why: 'Ein anderes Programm am selben Port kann die Nachrichten der Zertifizierungsstelle annehmen.',
    action: 'Sehen Sie nach mit netstat -ano (Windows) oder ss -ltnp (Linux).',
  },
  iisSmtpRuns: {
    what: 'Der SMTP-Dienst von IIS läuft.',
    why: 'Er streitet um Port 25 und nimmt Nachrichten an, auf die niemand achtet; in Windows Server 2025 gibt es ihn nicht mehr.',
    action:
      'Lassen Sie seine Warteschlange leerlaufen, dann: sc.exe stop SMTPSVC und sc.exe config SMTPSVC start= disabled. Seine Einstellungen lassen sich vorher übernehmen.',
  },
  iisSmtpInstalled: {
    what: 'Der SMTP-Dienst von IIS ist installiert, läuft aber nicht.',
    why: 'Startet er, streitet er um Port 25.',
    action: 'Deaktivieren Sie ihn: sc.exe config SMTPSVC start= disabled. Oder entfernen Sie das Feature SMTP-Server.',
  },
  iisSmtpAbsent: {
    what: 'Der SMTP-Dienst von IIS ist nicht installiert.',
    why: 'Nichts von Windows streitet um Port 25.',
    action: nothing,
  },
  iisQueueWaits: {
    what: '{{count}} Dateien warten in der Warteschlange von IIS: {{folder}}.',
    why: 'Diese Nachrichten der Zertifizierungsstelle sind nicht zugestellt und bleiben liegen, sobald der Dienst aus ist.',
    action: 'Lassen Sie sie leerlaufen, bevor Sie den Dienst beenden, oder übernehmen Sie sie: smtp-relay import-iis.',
  },
  webServerOpen: {
    what: 'An Port 80 lauscht ein Programm: {{owner}} ({{endpoint}}).',
    why: 'Ein Webserver auf einer Zertifizierungsstelle ist ein Weg mehr herein. Manche Rollen der AD CS brauchen ihn, das Relay nicht.',
    action: 'Kam er nur mit dem SMTP-Dienst von IIS, entfernen Sie ihn mit diesem.',
  },
  portBlocked: {
    what: 'Die Firewall sperrt Verbindungen anderer Computer zu Port {{port}} (Regel {{rule}}).',
    why: 'Die Zertifizierungsstelle selbst betrifft das nicht: Verbindungen innerhalb des Computers gehen durch.',
    action: 'Nichts, sofern nicht andere Computer über dieses Relay senden sollen: Dann löschen Sie die Regel.',
  },
  portNotBlocked: {
    what: 'Keine Regel der Firewall nennt Port {{port}}; ihre übliche Aktion, das Sperren, hält ihn geschlossen.',
    why: 'Eine eigene Regel gilt auch dann noch, wenn jemand die übliche Aktion ändert.',
    action:
      'Fügen Sie als zweite Verteidigungslinie eine Regel hinzu, die ihn sperrt (Datei > CA-Mail einrichten, Port schließen).',
  },
  portAllowed: {
    what: 'Eine Regel der Firewall lässt andere Computer an Port {{port}}: {{rule}}.',
    why: 'Die Zertifizierungsstelle braucht keine solche Regel; sie öffnet den Port zum Netz, sobald dort etwas lauscht.',
    action: 'Deaktivieren oder löschen Sie die Regel, sofern nicht andere Computer über dieses Relay senden sollen.',
  },
  allowOverruled: {
    what: 'Eine Regel der Firewall erlaubt Port {{port}} ({{rule}}), eine andere sperrt ihn ({{block}}). Die Sperre gewinnt.',
    why: 'Wer nur eine der Regeln findet, zieht den falschen Schluss.',
    action: 'Löschen Sie die Regel, die nicht gewollt ist.',
  },
  firewallOff: {
    what: 'Die Windows-Firewall ist aus für: {{profiles}}.',
    why: 'Dann hält nur die Adresse, an der das Relay lauscht, andere fern.',
    action: 'Schalten Sie sie ein, oder stellen Sie sicher, dass eine andere Firewall ihre Arbeit tut.',
  },
  firewallUnread: {
    what: 'Die Regeln der Firewall konnten nicht gelesen werden.',
    why: 'Eine Regel könnte Port 25 zum Netz öffnen.',
    action: 'Führen Sie die Prüfung mit Administratorrechten aus.',
  },
  firewallElsewhere: {
    what: 'Die Firewall dieses Systems wird nicht geprüft.',
    why: 'Nur die Regeln der Windows-Firewall sind hier bekannt.',
    action: 'Sehen Sie nach mit nft list ruleset oder dem Werkzeug der Distribution.',
  },
  gatewayAnswers: {
    what: '{{nextHop}} antwortet und nähme Mail an ({{host}}, zusammen {{ms}} ms).',
    why: 'Nachrichten verlassen die Warteschlange sofort.',
    action: nothing,
  },
  gatewayHostFails: {
    what: '{{host}}, einer der Hosts von {{nextHop}}, scheitert bei {{stage}}: {{reason}}',
    why: 'Die Mail nimmt einen anderen Host, aber es gibt eine Ausweichmöglichkeit weniger.',
    action: 'Fragen Sie, wer diesen Host betreibt, oder nehmen Sie ihn aus der Liste.',
  },
  gatewayFails: {
    what: '{{nextHop}} nimmt keine Mail an. {{host}} scheitert bei {{stage}}: {{reason}}',
    why: 'Nachrichten der Zertifizierungsstelle warten in der Warteschlange. Nichts geht verloren, nichts wird langsam, aber niemand erfährt davon.',
    action:
      'Die Stufen unten zeigen, wie weit es kommt. Prüfen Sie Name, Port, TLS und Anmeldung (Eigenschaften > Übermittlung).',
  },
  gatewayRefusesRecipient: {
    what: '{{host}} weist den Empfänger {{recipient}} ab: {{reason}}',
    why: 'Nachrichten an diese Adresse kämen zurück.',
    action: 'Prüfen Sie die Adresse, und ob das Gateway diesen Computer dorthin senden lässt.',
  },
  gatewayClearText: {
    what: 'Die Verbindung zu {{host}} ist nicht verschlüsselt.',
    why: 'Namen von Personen und Servern in den Nachrichten der Zertifizierungsstelle sind unterwegs lesbar.',
    action: 'Bietet das Gateway STARTTLS an, stellen Sie TLS auf opportunistisch oder höher (Ausgehende Sicherheit).',
  },
  gatewayCertificate: {
    what: 'Die Verbindung zu {{host}} ist verschlüsselt, aber: {{reason}}.',
    why: 'Wer dazwischen sitzt, könnte sich als das Gateway ausgeben.',
    action:
      'Installieren Sie die ausstellende Zertifizierungsstelle auf diesem Computer oder nennen Sie ihre Datei, dann verlangen Sie geprüftes TLS.',
  },
  gatewayFrozen: {
    what: 'Nachrichten für {{nextHop}} werden auf Wunsch festgehalten.',
    why: 'Sie warten, bis das aufgehoben wird, obwohl das Gateway sie annehmen könnte.',
    action: 'Heben Sie es auf: Warteschlange > nach Ziel gruppieren, oder bei der Remotedomäne.',
  },
  gatewayNone: {
    what: 'Es ist kein Smarthost eingetragen: Jede Domäne wird im DNS erfragt.',
    why: 'Eine Zertifizierungsstelle erreicht Mailserver außerhalb selten selbst.',
    action:
      'Gibt es ein Mailgateway, tragen Sie es als Smarthost ein (Eigenschaften > Übermittlung > Erweitert). Um eine Domäne zu prüfen, nennen Sie einen Empfänger.',
  },
  gatewayUnchecked: {
    what: 'Das Gateway wurde nicht geprüft: Es läuft kein Relay.',
    why: 'Nur das Relay hat die Einstellungen, Zertifizierungsstellen und Kennwörter dafür.',
    action: 'Starten Sie das Relay und prüfen Sie noch einmal.',
  },
  domainResolved: {
    what: 'Mail für {{domain}} geht an {{nextHop}} ({{hosts}}).',
    why: 'Ohne Antwort des DNS wartet sie.',
    action: nothing,
  },
  domainProblem: {
    what: 'Mail für {{domain}} findet nicht zu {{nextHop}}: {{reason}}',
    why: 'Sie wartet in der Warteschlange oder kommt zurück, wenn das DNS sagt, dass es die Domäne nicht gibt.',
    action:
      'Prüfen Sie den Namen, die DNS-Server dieses Computers und den MX-Eintrag; oder tragen Sie einen Smarthost ein.',
  },
  domainLocal: {
    what: 'Mail für {{domain}} bleibt auf diesem Computer, im Ordner Drop.',
    why: 'Niemand erfährt davon, wenn nicht ein Programm diesen Ordner liest.',
    action: nothing,
  },
  domainsNone: {
    what: 'Es ist kein Empfänger genannt, und die Einstellungen nennen keine Domäne zum Nachschlagen.',
    why: 'Ob das DNS weiterführt, hängt vom Empfänger ab.',
    action: 'Nennen Sie die Adresse, an die die Zertifizierungsstelle schreibt.',
  },
  domainsUnchecked: {
    what: 'Das DNS wurde nicht geprüft: Es läuft kein Relay.',
    why: 'Die Einstellungen des Relays entscheiden, auf welche Namen es ankommt.',
    action: 'Starten Sie das Relay und prüfen Sie noch einmal.',
  },
  diskRoom: {
    what: 'Für {{folder}} sind {{freeMb}} MB frei.',
    why: 'Ein Ausfall des Gateways füllt den Datenträger mit wartenden Nachrichten.',
    action: nothing,
  },
  diskTight: {
    what: 'Für {{folder}} sind nur {{freeMb}} MB frei; unter {{floorMb}} MB wird neue Mail abgewiesen.',
    why: 'Ein langer Ausfall des Gateways passt vielleicht nicht mehr.',
    action: 'Schaffen Sie Platz, oder verlegen Sie das Stammverzeichnis auf einen anderen Datenträger.',
  },
  diskFull: {
    what: 'Für {{folder}} sind nur {{freeMb}} MB frei, weniger als {{floorMb}} MB: Neue Mail wird abgewiesen.',
    why: 'Jedes Ereignis der Zertifizierungsstelle, das gemeldet werden soll, geht verloren, bis Platz ist.',
    action: 'Schaffen Sie jetzt Platz.',
  },
  diskUnread: {
    what: 'Wie viel für {{folder}} frei ist, ließ sich nicht feststellen.',
    why: 'Ohne Platz wird neue Mail abgewiesen.',
    action: 'Stellen Sie sicher, dass es den Ordner gibt und er gelesen werden kann.',
  },
  folderClosed: {
    what: '{{folder}} ist für alle außer dem System, Administratoren und dem Relay geschlossen.',
    why: 'Darin liegen Nachrichten einer Zertifizierungsstelle und das Kennwort des Gateways.',
    action: nothing,
  },
  folderInherits: {
    what: '{{folder}} erbt Rechte des übergeordneten Ordners.',
    why: 'Wer den übergeordneten Ordner ändert, öffnet auch diesen.',
    action:
      'Installieren Sie den Dienst noch einmal (smtp-relay service install): Er setzt die Rechte. Oder: icacls.exe mit /inheritance:r.',
  },
  folderOthers: {
    what: 'Andere dürfen {{folder}} lesen: {{accounts}}.',
    why: 'Darin liegen Nachrichten einer Zertifizierungsstelle und das Kennwort des Gateways.',
    action: 'Nehmen Sie diese Rechte weg, wenn sie nicht gewollt sind.',
  },
  folderOpen: {
    what: '{{folder}} steht allen offen: {{accounts}}.',
    why: 'Jede Person, die sich anmelden kann, könnte die Nachrichten der Zertifizierungsstelle lesen oder welche in die Warteschlange legen.',
    action:
      'Installieren Sie den Dienst noch einmal (smtp-relay service install): Er setzt die Rechte. Unter Linux: chmod 700.',
  },
  folderUnread: {
    what: 'Die Rechte von {{folder}} konnten nicht gelesen werden.',
    why: 'Darin liegen Nachrichten einer Zertifizierungsstelle und das Kennwort des Gateways.',
    action: 'Stellen Sie sicher, dass es den Ordner gibt; führen Sie die Prüfung mit Administratorrechten aus.',
  },
  clockSynchronised: {
    what: 'Ein Zeitserver hält die Uhr richtig.',
    why: 'Zertifikate, Wiederholungen und Protokolle hängen an der Zeit.',
    action: nothing,
  },
  clockNotSynchronised: {
    what: 'Die Uhr folgt keinem Zeitserver.',
    why: 'Eine falsche Uhr macht gültige Zertifikate ungültig, und Wiederholungen kommen zu spät. Auf einer Offline-Zertifizierungsstelle kann das gewollt sein.',
    action: 'Richten Sie den Zeitdienst ein, oder stellen Sie die Uhr ab und zu von Hand.',
  },
  clockUnserved: {
    what: 'Der Zeitdienst von Windows läuft nicht.',
    why: 'Eine falsche Uhr macht gültige Zertifikate ungültig, und Wiederholungen kommen zu spät. Auf einer Offline-Zertifizierungsstelle kann das gewollt sein.',
    action: 'Starten Sie ihn: net.exe start w32time. Oder stellen Sie die Uhr ab und zu von Hand.',
  },
  clockBehind: {
    what: 'Die Uhr geht mindestens {{hours}} Stunden nach: {{file}} wurde später als jetzt geschrieben.',
    why: 'Nachrichten, die noch einmal versucht werden sollten, warten bis zur alten Zeit; Zertifikate scheinen noch nicht gültig.',
    action: 'Stellen Sie die Uhr, dann starten Sie das Relay neu.',
  },
  clockUnread: {
    what: 'Ob die Uhr richtig gehalten wird, ließ sich nicht feststellen.',
    why: 'Zertifikate, Wiederholungen und Protokolle hängen an der Zeit.',
    action: 'Vergleichen Sie die Uhr mit einer anderen.',
  },
};
